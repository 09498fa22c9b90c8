"""Which pages of a listing are asked for, and which of their rows are handed on. No request is made here: both clients drive it."""

from typing import Any, Dict, List, Optional, Set, Tuple

from .errors import ProtocolError


class Walk:
    """A listing, page by page. What is checked between the pages is checked here: that they do not lead in a circle, that no row comes
    twice, and that none is passed over where the list shrinks. Of the rows that were handed on only the ids are kept.
    """

    def __init__(self, operation: str, arguments: Dict[str, Any]) -> None:
        self.operation = operation
        #: The arguments of the page to ask for next; None at the end.
        self.asks: Optional[Dict[str, Any]] = dict(arguments, page=arguments.get("page", 1))
        self._arguments = arguments
        self._pages: Set[Any] = set()
        self._told: Set[Any] = set()
        #: The page that was read last: page, count, ids.
        self._former: Tuple[Any, Any, Any] = (None, None, None)
        #: How many pages may still be read again.
        self._again = 2
        #: A page whose rows come after those of the page that is read again.
        self._later: Optional[Dict[str, Any]] = None

    def rows_of(self, reply: Dict[str, Any]) -> List[Any]:
        """The rows of the page that was asked for which are new. Raises ProtocolError where the pages have no end."""
        if self._later is not None:
            replies, self._later = [reply, self._later], None
            return self._new_rows(replies)
        assert self.asks is not None
        page, count = self.asks["page"], reply["count"]
        ids = [_id(row) for row in reply["results"]]
        self._pages.add(page)
        self._again += len(self._pages) % 10 == 0
        former, former_count, former_ids = self._former
        if reply["next_page"] in self._pages or (any(ids) and (count, ids) == (former_count, former_ids)):
            raise ProtocolError("The pages of {} lead back to one that was read before, so they have no end.".format(self.operation))
        self._former = (page, count, ids)
        if isinstance(count, int) and isinstance(former_count, int) and count < former_count and self._again > 0:
            # Somebody has gone, and the first of this page has moved to the end of the one before. As often as the library would.
            self._again -= 1
            self._later = reply
            self.asks = dict(self._arguments, page=former)
            return []
        return self._new_rows([reply])

    def _new_rows(self, replies: List[Dict[str, Any]]) -> List[Any]:
        following = replies[-1]["next_page"]
        self.asks = None if following is None else dict(self._arguments, page=following)
        rows = []
        for row in (row for reply in replies for row in reply["results"]):
            its_id = _id(row)
            if its_id is None or its_id not in self._told:
                self._told.add(its_id)
                rows.append(row)
        return rows


def _id(row: Any) -> Any:
    """What tells a row from the others; None if nothing does."""
    its_id = row.get("id") if isinstance(row, dict) else None
    return its_id if isinstance(its_id, (int, str)) else None
