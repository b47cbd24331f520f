"""The answer: one sentence, 1,000 people as dots, the range, and the cards that come first."""

import re

from crampnb.explain import natural_frequency
from crampnb.pictures import icon_array, range_bar
from crampnb.views.html import escape, listing
from crampnb.views.screen import Screen


def sentence(screen: Screen) -> str:
    """The one sentence, its first statement large; the text is that of `Explanation.sentence`."""
    if screen.stopped:
        return f'<span class="first">{escape(screen.answer.sentence)}</span>'
    first, rest = screen.answer.sentence.split(". ", 1)
    first = re.sub(r"(About )(.* of 1,000)( people)", r"\1<b>\2</b>\3", first)
    return f'<span class="first">{first}.</span> <span class="rest">{rest}</span>'


def picture(screen: Screen) -> str:
    """1,000 people as marks, with a legend in words, and the range."""
    if screen.stopped:
        return ""
    answer = screen.answer
    base, today = natural_frequency(answer.baseline), natural_frequency(answer.risk)
    low, high = map(natural_frequency, answer.interval)
    difference = today - base
    change = {
        0: "no one is added or spared by these settings",
        1: f"{difference} more with these settings",
        -1: f"{-difference} fewer with these settings",
    }[(difference > 0) - (difference < 0)]
    title = f"1,000 people: {today} with a cramp, {base} at the reference settings"
    kind = "fewer" if difference < 0 else "more"
    return (
        f'<figure class="people">{icon_array(base, today, title)}<figcaption>'
        f'<ul class="legend"><li><span class="key key-base"></span>{min(base, today)}'
        f" would have one{' anyway' if difference > 0 else ''}</li>"
        f'<li><span class="key key-{kind}"></span>{change}</li>'
        f'<li><span class="key key-rest"></span>{1000 - max(base, today)} would not</li></ul>'
        f"</figcaption></figure>"
        f'<div class="span">{range_bar(low, today, high)}<p>Nine chances in ten that the figure'
        f" lies between <b>{low}</b> and <b>{high}</b> of 1,000, if our judgements hold."
        f" A wide range is the honest answer here.</p></div>"
    )


def cautions(screen: Screen) -> str:
    """Cards that stand beside the number: too much plain water, sources about adults only."""
    answer, cards = screen.answer, []
    if answer.stop and not screen.stopped:  # a warning sign has its own card: `care.help_card`
        cards.append(
            f'<div class="card caution"><h3>{escape(answer.stop.title)}</h3>'
            f"<p>{escape(answer.stop.text)}</p><p><b>{escape(answer.stop.act)}</b></p></div>"
        )
    if answer.note:
        cards.append(f'<div class="card note"><p>{answer.note}</p></div>')
    return "".join(cards)


def notices(screen: Screen) -> str:
    """What of a link or an entry could not be used."""
    if not screen.notices:
        return ""
    return f'<div class="card note">{listing(map(escape, screen.notices))}</div>'
