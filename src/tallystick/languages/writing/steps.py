"""How far the counted got and how they are measured, by the names of the lists of words that tell it."""

from tallystick.model.claim import Aspect, Measure

__all__ = ["ASPECTS", "MEASURES"]

ASPECTS = {
    "arrived": Aspect.ARRIVED,
    "returned": Aspect.RETURNED,
    "working": Aspect.WORKING,
    "decided": Aspect.DECIDED,
    "offered": Aspect.OFFERED,
    "announced": Aspect.ANNOUNCED,
}
MEASURES = {"part": Measure.PART, "cumulative": Measure.CUMULATIVE, "stock": Measure.STOCK}
