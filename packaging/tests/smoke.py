"""What a wheel that was just installed has to do; packaging/check.sh runs it outside the repository, against a sandbox."""

import json

import finaut

with finaut.Client() as client:
    first = client.users.list(page=1)["results"][0]
    again = client.users.get(persnr=first["persnr"])
    assert again["last_name"] == first["last_name"], again
    try:
        client.users.get(id=999999999)
    except finaut.NotFoundError as error:
        assert "999999999" in str(error) or error.code == "not_found", json.dumps(str(error))
    else:
        raise SystemExit("a person that does not exist was found")
