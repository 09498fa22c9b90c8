"""For monitoring: says so, and ends with 1, if a profile's last completed run is too old. No request is sent.

    python watch.py PROFILE_NAME STATE_FILE HOURS
"""

import sys

import finaut


def main(arguments):
    if len(arguments) != 3 or not arguments[2].isdigit():
        print("Usage: watch.py PROFILE_NAME STATE_FILE HOURS", file=sys.stderr)
        return 2
    profile, state, hours = arguments
    try:
        with finaut.Client(state=state, job="watch") as client:
            status = client.sync.status(profile=profile, max_age_h=int(hours))
    except finaut.FinAutError as error:
        print(error, file=sys.stderr)  # finaut.StaleError: too old, or none ever was
        return 1
    open_since = status["oldest_open"] and status["oldest_open"]["since"]
    print("{}; last done {}; last file believed {}; oldest open case since {}".format(
        status["state"], status["last_done"], (status["last_accepted_file"] or {}).get("at"), open_since
    ))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
