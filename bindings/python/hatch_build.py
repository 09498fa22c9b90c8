"""Puts the shared library into the wheel, and the platform that it runs on into the wheel's name. See wheel.sh."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Library(BuildHookInterface):
    def initialize(self, version, build_data):
        library, platform = os.environ.get("FINAUT_WHEEL_LIBRARY"), os.environ.get("FINAUT_WHEEL_PLATFORM")
        if not library or not platform:
            raise SystemExit("Build this package with bindings/python/wheel.sh, which adds the shared library.")
        name = {".dll": "finaut.dll", ".dylib": "libfinaut.dylib"}.get(os.path.splitext(library)[1], "libfinaut.so.1")
        build_data["force_include"][library] = "finaut/" + name
        if os.path.exists(os.path.join(self.root, "finaut.cdx.json")):
            build_data["sbom_files"].append("finaut.cdx.json")  # PEP 770
        build_data["pure_python"] = False  # it belongs where compiled things go
        build_data["tag"] = "py3-none-" + platform
