"""Identity numbers for tests."""

import datetime
from typing import List, Optional

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def generate_test_persnrs() -> List[str]:
    """Forty valid D-numbers of women who turned 25 about now, of the synthetic series (month + 80): nobody can have one."""
    born = datetime.date.today() - datetime.timedelta(days=25 * 365)
    date = "{:02}{:02}{:02}".format(born.day + 40, born.month + 80, born.year % 100)
    # Individual numbers from 500 on are those of the years since 2000; an even last digit is a woman's.
    numbers = [_with_control_digits("{}{}".format(date, individual)) for individual in range(500, 1000, 2)]
    return [number for number in numbers if number is not None][-40:]


def _with_control_digits(digits: str) -> Optional[str]:
    """Eleven digits of nine; None where no control digit fits."""
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        control = -sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11
        if control == 10:
            return None
        digits += str(control)
    return digits


if __name__ == "__main__":
    print("\n".join(generate_test_persnrs()))
