"""The page of the matrix: topics by places as clauses, as values alone, or two places word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from app.citation import document_name, place_of
from app.compare.frame import Shown, choice_html, downloads_html, page_html, select_html
from app.compare.matrix import places_of
from app.compare.pair import Piece, Side, paired
from app.compare.types import CellOf, Entry, Matrix, Place, Stated, Units
from app.markup import Element, escape, highlight
from app.material import Material
from app.measure_html import link
from app.topics.types import Topic
from app.wording import Wording
from corpus.load import Corpus
from corpus.types import Span

View = Literal["text", "values", "pair"]
_MARK = Element("mark")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the matrix is shown; empty topics or places mean all. left, right: the two places of a pair."""

    view: View
    topics: tuple[str, ...]
    places: tuple[str, ...]
    left: str
    right: str

    @property
    def query(self) -> str:
        """The choice as the query of an address."""
        rows = [("view", self.view), *(("topic", t) for t in self.topics), *(("place", p) for p in self.places)]
        return urlencode([*rows, ("left", self.left), ("right", self.right)])


def matrix_html(material: Material, matrix: Matrix, chosen: Chosen, shown: Shown) -> str:
    """Return the page of a matrix that was made of what is chosen."""
    words = shown.words
    title = words("cmp_title")
    legend = {"values": words("cmp_legend_values"), "pair": words("cmp_legend_pair")}.get(chosen.view, "")
    legend = f'<p class="legend"><mark>　</mark>{legend}</p>' if legend else ""
    body = (
        f'<h2>{title}</h2><p class="intro">{words("cmp_intro")}</p>{_form(material, chosen, words)}'
        f"{downloads_html(words, '/compare', chosen.query)}{legend}"
        f'<div class="tools" data-tools></div>{_table(material.corpus, matrix, chosen, words)}'
    )
    return page_html(shown, "compare", title, body)


def _form(material: Material, chosen: Chosen, words: Wording) -> str:
    topics = "".join(
        choice_html("topic", t.id, f'<span title="{escape(t.scope)}">{escape(t.name)}</span>', t.id in chosen.topics)
        for t in material.topics.topics
    )
    places = places_of(material.corpus)
    boxes = "".join(choice_html("place", p.document_id, escape(p.name), p.document_id in chosen.places) for p in places)
    views = tuple((view, words(f"cmp_view_{view}")) for view in ("text", "values", "pair"))
    options = tuple((p.document_id, p.name) for p in places)
    opened = " open" if chosen.topics else ""
    return (
        f'<form class="choose" action="/compare" method="get"><div class="row">'
        f"{select_html('view', views, chosen.view, words('cmp_view'))}"
        f'<span class="row pair">{select_html("left", options, chosen.left, words("cmp_left"))}'
        f"{select_html('right', options, chosen.right, words('cmp_right'))}</span>"
        f'<button type="submit">{words("cmp_apply")}</button></div>'
        f'<fieldset class="places"><legend>{words("cmp_places_choose")}</legend>{boxes}</fieldset>'
        f"<details{opened}><summary>{words('cmp_topics_choose')}</summary><fieldset>{topics}</fieldset></details></form>"
    )


def _table(corpus: Corpus, matrix: Matrix, chosen: Chosen, words: Wording) -> str:
    heads = "".join(_head(corpus, place) for place in matrix.places)
    rows = "".join(_row(corpus, matrix, topic, chosen, words) for topic in matrix.topics)
    return (
        f'<table class="matrix places-{len(matrix.places)}" data-sortable><thead><tr>'
        f'<th scope="col">{words("cmp_topic")}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _head(corpus: Corpus, place: Place) -> str:
    name = escape(document_name(corpus.by_id[place.document_id].meta))
    note = f'<strong class="standing">{escape(place.standing)}</strong>' if place.standing else ""
    address = f"/doc/{escape(place.document_id)}"
    return f'<th scope="col" lang="zh"><a href="{address}" title="{name}">{escape(place.name)}</a>{note}</th>'


def _row(corpus: Corpus, matrix: Matrix, topic: Topic, chosen: Chosen, words: Wording) -> str:
    cells = [matrix.cell(topic, place) for place in matrix.places]
    if chosen.view == "pair":
        inner = [_pair_html(corpus, side) for side in paired(cells[0], cells[1])]
    elif chosen.view == "values":
        inner = [_values_html(cell, words) for cell in cells]
    else:
        inner = ["".join(_entry_html(corpus, entry, words) for entry in cell.entries) for cell in cells]
    tds = "".join(
        _cell(place, html, cell, words) for place, html, cell in zip(matrix.places, inner, cells, strict=True)
    )
    name = f'<span title="{escape(topic.scope)}">{escape(topic.name)}</span>'
    return f'<tr id="{escape(topic.id)}"><th scope="row" lang="zh">{name}</th>{tds}</tr>'


def _cell(place: Place, inner: str, cell: CellOf, words: Wording) -> str:
    label = escape(place.name)
    if not cell.entries:
        return f'<td class="missing" data-label="{label}" data-empty>{words("cmp_none")}</td>'
    empty = "" if inner else " data-empty"
    shown = inner or f'<span class="missing">{words("cmp_no_value")}</span>'
    return f'<td lang="zh" data-label="{label}"{empty}><div>{shown}</div></td>'


def _entry_html(corpus: Corpus, entry: Entry, words: Wording) -> str:
    """The deciding words of a measure under its number, each quote linked to where it stands."""
    addresses = [escape(link(entry.measure.id, Span(q.start, q.end))) for q in entry.quotes]
    quotes = "……".join(
        f'<a class="quote" href="{address}">{escape(_one_line(quote.quote))}</a>'
        for address, quote in zip(addresses, entry.quotes, strict=True)
    )
    doubt = f'<small class="doubt">{words("cmp_doubt")}{escape(entry.doubt)}</small>' if entry.doubt else ""
    return f"<p>{_number(corpus, entry)}{quotes}{doubt}</p>"


def _number(corpus: Corpus, entry: Entry) -> str:
    """The measure's number as printed, linked, with its whole citation at hand."""
    address = escape(link(entry.measure.id))
    place = escape(place_of(corpus, entry.measure))
    return f'<a class="place" href="{address}" title="{escape(entry.official)}">{place}</a>'


def _values_html(cell: CellOf, words: Wording) -> str:
    rows = [_value_html(value, words) for value in cell.values]
    rows += [_units_html(units, words) for units in cell.units]
    return f'<ul class="values">{"".join(rows)}</ul>' if rows else ""


def _value_html(value: Stated, words: Wording) -> str:
    at = value.citation
    address = escape(link(at.measure_id, Span(at.start, at.end)))
    text = f'<a href="{address}" title="{escape(at.official)}">{escape(_one_line(at.quote))}</a>'
    told = f'<mark title="{words("cmp_differs")}">{text}</mark>' if value.differs else text
    subject = f'<span class="subject">{escape(value.subject)}</span>' if value.subject else ""
    return f"<li>{subject}{told}</li>"


def _units_html(units: Units, words: Wording) -> str:
    key = "cmp_led_by" if units.leads else "cmp_responsible"
    at = units.citation
    address = escape(link(at.measure_id, Span(at.start, at.end)))
    listed = escape("、".join(units.names))
    return f'<li class="units"><span class="subject">{words(key)}</span><a href="{address}">{listed}</a></li>'


def _pair_html(corpus: Corpus, side: Side) -> str:
    return "".join(
        f"<p>{_number(corpus, entry)}{''.join(_piece_html(piece) for piece in pieces)}</p>" for entry, pieces in side
    )


def _piece_html(piece: Piece) -> str:
    return highlight(piece.text, [(span, _MARK) for span in piece.differs]) + ("……" if piece.gap else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
