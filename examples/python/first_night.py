"""A first night: proposes a profile from the HR file; once there is one, plans the night and writes the page that HR looks at.

    python first_night.py PROFILE STATE_FILE PAGE [HR_FILE]
"""

import json
import os
import sys

import finaut

# What a scheduler wants to know; docs/batch-jobs.md has all of them.
DONE, FAILED, MISUSED, NOT_IN_TIME = 0, 1, 2, 5


def propose(client, profile, hr_file):
    proposal = client.sync.init(file=hr_file)
    with open(profile, "w", encoding="utf-8") as file:
        json.dump(proposal["profile"], file, ensure_ascii=False, indent=2)
    print("Look at each line of {} before you go on.".format(profile))
    for pointer in proposal["fill_in"]:
        print("Fill in {}".format(pointer))
    return DONE


def plan(client, profile, page):
    planned = client.sync.plan(profile_file=profile)
    if planned["state"] == "waiting":
        print("Call again in {:.0f} s.".format(planned["next_slot_s"] or 0))
        return NOT_IN_TIME
    counts, cost = planned["counts"], planned["cost"]
    print("{create} to create, {update} to change, {withdraw} to withdraw, {held} held, {problems} problems".format(**counts))
    print("{} requests, {} of them free now".format(cost["requests"], cost["free_now"]))
    client.sync.report(profile_file=profile, run=planned["plan"], format="html", path=page)
    status = client.sync.status(profile_file=profile)
    print("{}: {}; the page is {}".format(status["run"], status["state"], page))
    return DONE


def main(arguments):
    if len(arguments) not in (3, 4):
        print("Usage: first_night.py PROFILE STATE_FILE PAGE [HR_FILE]", file=sys.stderr)
        return MISUSED
    profile, state, page = arguments[:3]
    try:
        with finaut.Client(state=state, max_wait_s=3 * 3600, job="nightly") as client:
            if len(arguments) == 4 and not os.path.exists(profile):
                return propose(client, profile, arguments[3])
            return plan(client, profile, page)
    except (finaut.ArgumentError, finaut.ConfigError, finaut.ValidationError, finaut.StateError) as error:
        print(error, file=sys.stderr)
        return MISUSED
    except finaut.FinAutError as error:
        print(error, file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
