"""Entries by name, of which those of modules that nothing has needed yet are found when somebody looks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import TypeVar

V = TypeVar("V")


class Registry(MutableMapping[str, V]):
    """Entries by name: complete for whoever goes through them, or asks for a name that is not entered."""

    def __init__(self) -> None:
        self._entered: dict[str, V] = {}
        self._find: Callable[[], None] | None = None

    def found_by(self, find: Callable[[], None]) -> None:
        """Say what enters all that is missing."""
        self._find = find

    def complete(self) -> None:
        """Enter all that is missing, once."""
        find, self._find = self._find, None
        if find is not None:
            find()

    def entered(self) -> dict[str, V]:
        """Give what is entered so far."""
        return self._entered

    def __getitem__(self, name: str) -> V:
        """Give an entry."""
        if name not in self._entered:
            self.complete()
        return self._entered[name]

    def __setitem__(self, name: str, value: V) -> None:
        """Enter one."""
        self._entered[name] = value

    def __delitem__(self, name: str) -> None:
        """Take one out."""
        del self._entered[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of all."""
        self.complete()
        return iter(self._entered)

    def __len__(self) -> int:
        """Count all."""
        self.complete()
        return len(self._entered)

    def __repr__(self) -> str:
        """Show all."""
        return repr({name: self[name] for name in self})
