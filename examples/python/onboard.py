"""Onboarding with finaut: what an HR system does when somebody is hired, as one program from top to bottom.

It creates a person in FinAut: try it with the sandbox.

    FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… python onboard.py PERSNR
"""

import os
import sys

import finaut

# What a scheduler wants to know: is there something to mend, to wait for, or to look at before the next run?
DONE = 0
FAILED = 1
MISUSED = 2
LOOK_FIRST = 3  # something was sent and nobody knows whether it took effect
TRY_LATER = 75  # as sysexits.h has it
STOPPED = 130  # as a shell has it after Ctrl-C

FIRST_NAME = "Kjærsti"
LAST_NAME = "Bjørnås-Ødegård"

# Who sets statuses, as the register will say: the FinAut user who runs this program, here the first of the sandbox's people.
ADMINISTRATOR = 590001


def complain(text):
    print(text, file=sys.stderr)


def told(event):
    """Told of what happens during a call, so that somebody at the screen knows why nothing moves."""
    if event["event"] == "wait" and event["for"] in ("slot", "pause"):
        complain("    … all requests of this hour are used; the next one is free in {} s".format(event["left_s"]))
    elif event["event"] == "wait":
        complain("    … waiting ({})".format(event["for"]))


def in_words(status):
    """The register's own words for a status, in ours: "afrok" is the scheme afr and "ok"."""
    for ending, words in (("hvilende", "on hold"), ("utmeldt", "withdrawn"), ("ok", "authorised"), ("new", "not yet authorised")):
        if status.endswith(ending):
            return words
    return status  # a word that is newer than this program is shown as it is


def print_statuses(statuses):
    for status in statuses["results"]:
        comment = " ({})".format(status["comment"]) if status.get("comment") else ""
        print("    {:<4}  {}  {}{}".format(status["appname"], status["status_date"], in_words(status["status"]), comment))
    if not statuses["results"]:
        print("    none")


def print_results(results):
    for result in results["results"]:
        print("    {}  {}: {}".format(result["exam_date"], result["exam_name"], result["score"]))
    if not results["results"]:
        print("    none yet")


def onboard(client, persnr):
    schemes = client.schemes.list()
    print("FinAut keeps {} schemes:".format(schemes["count"]))
    for scheme in schemes["results"]:
        print("    {:<4}  {}".format(scheme["appname"], scheme["navn"]))

    departments = client.departments.list()["results"]
    if not departments:
        complain("  The account sees no department, so nobody can be hired.")
        return FAILED
    department = departments[0]
    others = [other for other in departments[1:] if other["company"] == department["company"]]

    # Ids go back as they came: FinAut's are addresses, and the library takes addresses and numbers alike.
    person = client.users.create_candidate(
        persnr=persnr,
        first_name=FIRST_NAME,
        last_name=LAST_NAME,
        email="kjersti@bank.example",
        company=department["company"],
        department=department["id"],
        schemes=["afr"],
    )
    # What is printed is what the register says, not what we sent.
    names = person["first_name"], person["last_name"], department["departmentname"]
    print("\nHired {} {} in {}, a candidate in afr.".format(*names))

    # The changes that a working life brings, one call each. People may be named by persnr, id or employee_alias. The identity
    # number is what an HR system has, and the cheapest here: the library remembers whose number is whose.
    client.users.enroll(persnr=persnr, schemes=["krd"])
    print("Signed up to krd as well.")
    held = client.users.hold(persnr=persnr, scheme="afr", comment="begins after parental leave")
    print("Set on hold in afr from {}.".format(held["status_date"]))
    if others:
        client.users.move(persnr=persnr, department=others[0]["id"])
        print("Moved to {}.".format(others[0]["departmentname"]))
    else:
        print("The company has no other department to move to.")
    client.users.add_role(persnr=persnr, role="afr_ba")
    print("Made BA (bedriftsansvarlig) in afr, beside the roles that were there.")

    print("Where {} stands today:".format(FIRST_NAME))
    print_statuses(client.userstatus.latest(persnr=persnr))
    print("And how it came to that:")
    print_statuses(client.userstatus.list(persnr=persnr))
    print("Exam results:")
    print_results(client.results.list(persnr=persnr))

    withdrawn = client.users.withdraw(persnr=persnr, scheme="krd")
    print("Withdrawn from krd from {}.".format(withdrawn["status_date"]))

    budget = client.budget()  # no request: the library counts for itself
    print("\nThis took {} requests; {} more can go this hour.".format(budget["used"], budget["free"]))
    return DONE


def main():
    if len(sys.argv) != 2:
        complain("Usage: {} PERSNR (11 digits, of somebody whom FinAut does not know yet)".format(sys.argv[0]))
        return MISUSED
    # The library would take the real server if none was named. A program that hires an invented person must not.
    if not os.environ.get("FINAUT_API_HOST"):
        complain("Set FINAUT_API_HOST to the server that is to have the new person, as http://127.0.0.1:8700.")
        return MISUSED
    try:
        # Host and credentials come from the environment: no secret stands in this file or in the process list.
        with finaut.Client(max_wait_s=30, set_by=ADMINISTRATOR, on_event=told) as client:
            return onboard(client, sys.argv[1])
    except (finaut.LibraryError, finaut.ConfigError, finaut.AuthenticationError) as error:
        complain(error)
        return MISUSED
    except finaut.ThrottledError as error:
        # Nothing is wrong. A service would put the call back into its queue for so long; we tell the scheduler.
        complain("  {}\n    Run this again in {} s.".format(error, error.retry_after_s))
        return TRY_LATER
    except (finaut.NetworkError, finaut.ServerError) as error:
        complain("  {}".format(error))
        return TRY_LATER  # the library has tried several times already; later may be better
    except finaut.UnknownOutcomeError as error:
        # The one error after which calling again could do a thing twice. The message says what to look at.
        complain("  {}".format(error))
        return LOOK_FIRST
    except finaut.FinAutError as error:
        complain("  That did not work: {}".format(error))
        for field, problems in error.fields.items():  # what the user who filled in the form can mend
            complain("    {}: {}".format(field, "; ".join(problems)))
        return FAILED
    except KeyboardInterrupt:
        complain("  Stopped.")
        return STOPPED


if __name__ == "__main__":
    sys.exit(main())
