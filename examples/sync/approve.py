"""Approves of a reviewed plan what a person has decided, and carries it out.

    python approve.py PROFILE STATE_FILE PLAN BY WHY WHAT…

WHAT: kinds ("create"), rails ("first_run"), fields ("department") or steps ("s3") of the plan.
"""

import sys

import finaut


def main(arguments):
    if len(arguments) < 6:
        print("Usage: approve.py PROFILE STATE_FILE PLAN BY WHY WHAT…", file=sys.stderr)
        return 2
    profile, state, plan, by, why = arguments[:5]
    try:
        with finaut.Client(state=state, max_wait_s=3600, job="approved") as client:
            run = client.sync.apply(profile_file=profile, plan=plan, by=by, why=why, approve=arguments[5:])
    except finaut.HeldError as error:
        print(error, file=sys.stderr)
        return 3
    except finaut.FinAutError as error:
        print(error, file=sys.stderr)
        return 1
    print("{}: {done} done, {held} held, {refused} refused, {left} left".format(run["state"], **run["counts"]))
    return 0 if run["state"] == "done" else 5


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
