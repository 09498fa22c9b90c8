"""The night: lets FinAut follow the HR file, writes the page about it, and mails where that is. The exit code says how it went.

    python nightly.py PROFILE STATE_FILE PAGE MAIL_TO [SMTP_SERVER[:PORT]]

No name and no number of a person is in the mail: only how many there are of everything, and the path of the page.
"""

import email.message
import signal
import smtplib
import socket
import sys

import finaut

# What a scheduler wants to know; docs/sync.md says when each of them is returned.
DONE, FAILED, MISUSED, HELD, OPEN, NOT_IN_TIME, BUSY, STOPPED = 0, 1, 2, 3, 4, 5, 75, 130

# They fail again until somebody changes the call, the configuration or a file.
MISUSES = (
    finaut.ArgumentError, finaut.ConfigError, finaut.ValidationError, finaut.NotFoundError, finaut.AuthenticationError, finaut.StateError,
)


def code_of_run(run):
    """The exit code for a run's reply: of several, the one that a person should see first."""
    counts = run["counts"]
    if counts["held_new"]:
        return HELD
    if run["state"] != "done" or counts["left"] or counts["failed"] or counts["doubtful"]:
        return NOT_IN_TIME  # the next call goes on
    if counts["refused_new"] or counts["portal_new"]:
        return OPEN
    return DONE


def code_of_held(held):
    """The exit code where nothing could be done: what is known and waits for a person is no news."""
    # A file that is not to be believed can hold everything without a step: that has to be seen each time.
    return HELD if held.counts["held_new"] or not held.counts["held"] else DONE


def mail(server, to, page, run, counts):
    host, _, port = server.partition(":")
    message = email.message.EmailMessage()
    message["Subject"] = "FinAut in the night: {done} done, {held} held, {refused} refused".format(**counts)
    message["From"] = message["To"] = to
    message.set_content(
        "The run {}: {done} steps done, {held} held ({held_new} of them new), {refused} refused, {left} left, {portal} for the portal.\n"
        "The page about it is {} on {}.\n".format(run, page, socket.gethostname(), **counts)
    )
    with smtplib.SMTP(host, int(port or 25), timeout=60) as smtp:
        smtp.send_message(message)


def night(client, profile, page, to, server):
    try:
        run = client.sync.run(profile_file=profile)
        code, name, counts = code_of_run(run), run.get("run"), run["counts"]
    except finaut.HeldError as held:
        print(held, file=sys.stderr)
        code, name, counts = code_of_held(held), held.run, held.counts
    if name is None:
        return code  # it waits, and has nothing to tell yet
    client.sync.report(profile_file=profile, format="html", path=page)
    mail(server, to, page, name, counts)
    return code


def main(arguments):
    if len(arguments) not in (4, 5):
        print("Usage: nightly.py PROFILE STATE_FILE PAGE MAIL_TO [SMTP_SERVER[:PORT]]", file=sys.stderr)
        return MISUSED
    profile, state, page, to = arguments[:4]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)  # the step under way is finished first
    try:
        # It waits up to an hour for free requests; where they come later than that, cron's next call goes on.
        with finaut.Client(state=state, max_wait_s=3600, job="nightly") as client:
            return night(client, profile, page, to, arguments[4] if len(arguments) == 5 else "localhost")
    except KeyboardInterrupt:
        return STOPPED
    except finaut.BusyError as error:
        print(error, file=sys.stderr)
        return BUSY
    except finaut.ThrottledError as error:
        print(error, file=sys.stderr)
        return NOT_IN_TIME
    except MISUSES as error:
        print(error, file=sys.stderr)
        return MISUSED
    except (finaut.FinAutError, OSError) as error:  # OSError: the mail
        print(error, file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
