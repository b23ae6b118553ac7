"""What each code of a flag means, in the words of the glossary."""

from collections.abc import Mapping

__all__ = ["MEANINGS", "name_of"]

MEANINGS: Mapping[str, str] = {
    "anonymous_origin": "three reports or more carry a figure, and its one origin names nobody",
    "aspect_lowered": (
        "a report tells as planned or under way what an earlier report of the statement tells as under way or done"
    ),
    "aspect_raised": (
        "a report tells as done or under way what an earlier report of the statement tells as under way or planned"
    ),
    "attribution_upgrade": (
        "a report credits a body with what, by its origin, one official said who does not speak for it"
    ),
    "balance_mismatch": "a stock does not fit what came and went, or exceeds what there ever was",
    "body_anachronism": "a figure comes from a body that did not exist then, by the tenures of the dossier",
    "casualty_as_death": "reports of one statement give one figure as casualties of all kinds and as killed",
    "casualty_mismatch": "killed, wounded and captured do not come to the casualties given",
    "conflict": "independent origins give figures of one population that cannot all be right",
    "conflicting_attributions": (
        "one report has one figure announced by two, or confirmed in its headline by another than in its"
        " text, who by the dossier are not one voice"
    ),
    "date_in_future": "a report tells as a fact what is dated after its publication, or quotes a later statement",
    "date_shifted": "reports of one statement date its event on different days of one month or the next",
    "deceased_speaker": "a person is quoted as if alive more than 14 days after his death, by the dossier",
    "implausible_size": "a unit or a day's work of a size that would be unusual; it moves no figure",
    "impossible_order": "a lower bound above the upper one; more killed than there ever were",
    "inconsistent_units": (
        "a conversion in brackets is wrong beyond rounding, or two reports of one statement give one number two units"
    ),
    "instrument_date_confused": (
        "a treaty or resolution was signed, adopted, ratified or in force on another day than told, by the"
        " packs of the dossier"
    ),
    "instrument_not_in_force": (
        "something is done under an instrument before it was in force, by the packs of the dossier"
    ),
    "inventory_as_deployment": "those whom somebody has, by one report of a statement, are sent or in place by another",
    "justification_predates_instrument": (
        "a report justifies by an instrument what is dated before that was in force, by the packs of the dossier"
    ),
    "number_lost_in_translation": (
        "a figure in a copied passage has lost or gained digits, thousands or tens of thousands"
    ),
    "office_anachronism": (
        "a person is called by an office not held then, by the tenures of the dossier; a warning where the"
        " report has no date"
    ),
    "period_stretched": "reports of one statement count one figure over times of which neither holds the other",
    "population_mismatch": (
        "reports of one statement give one figure and count different people: workers, soldiers; dead, casualties"
    ),
    "purpose_invented": "a report names a task that no other telling of its figure has a word of",
    "populations_merged": (
        "a report gives for two groups together what another report of the statement gives for each of them"
    ),
    "rate_mismatch": "a rate and the time that it held do not give the total",
    "ratio_mismatch": '"tripled", "12 times as many" and the like do not fit the two figures',
    "recycled_quotation": (
        "a report quotes, without saying so, words that another had printed more than 180 days before"
    ),
    "repeated_passage": "a report prints its own paragraphs again",
    "running_total_decreased": "a running total of one speaker is lower than he gave it before",
    "scale_shifted": (
        "a report tells as hundreds, thousands or the like a figure of its statement that is of another order"
    ),
    "silence_ended": "a report says that somebody has not confirmed what, by a later report, that actor did",
    "single_origin": "three reports or more carry a figure, and one origin made it",
    "stale_figure": (
        "a report gives what its speaker had replaced, or, without saying so, a figure of more than 180 days before"
    ),
    "status_mismatch": "reports of one statement tell one figure as a plan and as a fact",
    "stock_from_cumulative": (
        "those whom one report of a statement counts over a time, or at most at one time, are there in another"
    ),
    "sum_mismatch": "a whole and its parts in one sentence do not add up",
    "translation_suspect": (
        "reports of one statement differ by a power of ten or by a group of digits, or in two languages give two"
        " figures as exact"
    ),
    "unattributed_figure": "a report gives figures as facts or plans and names nobody who counted",
    "unknown_instrument": (
        "a resolution is cited for a regime that has none of that number, by the packs of the dossier"
    ),
    "year_shifted": (
        "a report is dated whole years after another of which it is a copy, or gives the event of one"
        " statement another year"
    ),
}


def name_of(code: str) -> str:
    """Give the name of a code for a reader: "office_anachronism" is "office anachronism"."""
    return code.replace("_", " ")
