"""Puts the sandbox's program into the wheel, and the platform that it runs on into the wheel's name. See wheel.sh."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Program(BuildHookInterface):
    def initialize(self, version, build_data):
        program, platform = os.environ.get("FINAUT_WHEEL_PROGRAM"), os.environ.get("FINAUT_WHEEL_PLATFORM")
        if not program or not platform:
            raise SystemExit("Build this package with sandbox/python/wheel.sh, which adds the program.")
        name = "finaut-sandbox.exe" if platform.startswith("win") else "finaut-sandbox"
        build_data["force_include"][program] = "finaut_sandbox/" + name
        build_data["pure_python"] = False  # it belongs where compiled things go
        build_data["tag"] = "py3-none-" + platform
