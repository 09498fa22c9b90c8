"""Makes packages of what Finaut.Extensions depends on, out of the assemblies of ASP.NET Core that an SDK brings: feed.py SDK FOLDER.

The registry that has the real ones is not within reach of the tests. Names and assemblies are theirs; the version is the lowest that
Finaut.Extensions takes, which is what NuGet looks for.
"""
import re
import sys
import zipfile
from pathlib import Path

VERSION = "3.1.0"

sdk, out = map(Path, sys.argv[1:])
shared = next((sdk / "shared/Microsoft.AspNetCore.App").iterdir())
nuspec = (Path(__file__).parents[3] / "bindings/csharp/Finaut.Extensions.nuspec").read_text("utf-8")
out.mkdir(parents=True)
for name in re.findall(r'<dependency id="(Microsoft[^"]+)"', nuspec):
    with zipfile.ZipFile(out / f"{name}.{VERSION}.nupkg", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            f"{name}.nuspec",
            '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>'
            f"<id>{name}</id><version>{VERSION}</version><authors>x</authors><description>x</description>"
            '<dependencies><group targetFramework=".NETCoreApp3.1"/></dependencies></metadata></package>\n',
        )
        package.write(shared / f"{name}.dll", f"lib/netcoreapp3.1/{name}.dll")
