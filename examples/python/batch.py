"""A batch job: prints the exam results since a date, and tells its scheduler by its exit code how it went.

    python batch.py FROM_DATE STATE_FILE
"""

import logging
import signal
import sys

import finaut

# What a scheduler wants to know; docs/batch-jobs.md has all of them.
DONE, FAILED, MISUSED, NOT_IN_TIME, STOPPED = 0, 1, 2, 5, 130


def main(arguments):
    if len(arguments) != 2:
        print("Usage: batch.py FROM_DATE STATE_FILE", file=sys.stderr)
        return MISUSED
    from_date, state = arguments
    logging.basicConfig(level=logging.INFO)  # retries and long waits
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)  # both end a call, also those of other threads
    try:
        # Nobody sits in front of it: it may wait until the morning for its requests, in turn with other programs of this machine.
        with finaut.Client(state=state, max_wait_s=6 * 3600) as client:
            for result in client.results.iterate(from_date=from_date):
                print(result["exam_name"], result["score"])
        return DONE
    except KeyboardInterrupt:
        return STOPPED
    except finaut.ThrottledError as error:
        print("{} In {:.0f} s it can go on.".format(error, error.retry_after_s or 0), file=sys.stderr)
        return NOT_IN_TIME
    except (finaut.ArgumentError, finaut.ConfigError, finaut.ValidationError, finaut.AuthenticationError, finaut.StateError) as error:
        print(error, file=sys.stderr)
        return MISUSED
    except finaut.FinAutError as error:
        print(error, file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
