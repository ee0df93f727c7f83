"""What the styles of a Word document hand down: numbering, hidden text, colour and size of letters."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.intake.wordml import child, children, number, switched, tag, value

_WHITE = "FFFFFF"
_NO_FILL = frozenset((None, "auto", "FFFFFF", "clear"))
_SMALLEST = 4  # half points; letters of two points or less cannot be read


class Styles:
    """The styles of one document, by id."""

    def __init__(self, root: etree._Element | None) -> None:
        """root: the part styles.xml, None where the document has none."""
        self._styles = {value(style, "w:styleId") or "": style for style in children(root, "w:style")}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if value(style, "w:type") == "paragraph" and value(style, "w:default") in ("1", "true", "on")
            ),
            None,
        )
        self._base = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")

    def name(self, style: str | None) -> str:
        """Return the name of a style in lower case, empty where there is none."""
        found = self._styles.get(style or self._default or "")
        return (value(child(found, "w:name")) or "").lower()

    def chain(self, style: str | None) -> Iterator[tuple[str, etree._Element]]:
        """Yield a paragraph's or run's style and what it is based on, nearest first."""
        seen = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield style, self._styles[style]
            style = value(child(self._styles[style], "w:basedOn"))

    def paragraph_numbering(self, paragraph: etree._Element) -> tuple[str | None, int | None, str | None]:
        """Return numId, level and the style that gave the numbering (None where the paragraph itself did).

        A numId of "0" takes numbering off.
        """
        properties = child(paragraph, "w:pPr")
        own = child(properties, "w:numPr")
        identity, level = value(child(own, "w:numId")), number(child(own, "w:ilvl"))
        giver = None
        if identity is None:
            for name, style in self.chain(value(child(properties, "w:pStyle")) or self._default):
                found = child(style, "w:pPr", "w:numPr")
                level = number(child(found, "w:ilvl")) if level is None else level
                identity = value(child(found, "w:numId"))
                if identity is not None:
                    giver = name
                    break
        return identity, level, giver

    def list_identity(self, style: str) -> str | None:
        """Return the numId of a numbering style."""
        return value(child(self._styles.get(style), "w:pPr", "w:numPr", "w:numId"))

    def hidden(self, run: etree._Element | None, paragraph: etree._Element) -> bool:
        """Whether a run's text is hidden (run: its properties, w:rPr)."""
        return bool(switched(self._property(run, paragraph, "w:vanish")))

    def unseen(self, run: etree._Element | None, paragraph: etree._Element) -> bool:
        """Whether a run's letters are white on nothing, or too small to be read."""
        size = number(self._property(run, paragraph, "w:sz"))
        if size is not None and size < _SMALLEST:
            return True
        colour = self._property(run, paragraph, "w:color")
        white = (value(colour) or "").upper() == _WHITE
        return white and not self._shaded(run, paragraph)

    def _shaded(self, run: etree._Element | None, paragraph: etree._Element) -> bool:
        if self._property(run, paragraph, "w:highlight") is not None:
            return True
        shades = [self._property(run, paragraph, "w:shd"), child(paragraph, "w:pPr", "w:shd")]
        cells = [e for e in paragraph.iterancestors() if tag(e) == "w:tc"]
        shades += [child(cell, "w:tcPr", "w:shd") for cell in cells]
        return any(value(shade, "w:fill") not in _NO_FILL for shade in shades if shade is not None)

    def _property(self, run: etree._Element | None, paragraph: etree._Element, name: str) -> etree._Element | None:
        """The nearest statement of a run's property: its own, its style's, its paragraph's style's, the default."""
        found = child(run, name)
        if found is not None:
            return found
        of_run = value(child(run, "w:rStyle"))
        of_paragraph = value(child(paragraph, "w:pPr", "w:pStyle")) or self._default
        for start in (of_run, of_paragraph):
            for _, style in self.chain(start):
                found = child(style, "w:rPr", name)
                if found is not None:
                    return found
        return child(self._base, name)
