"""Scoring after the standard's rules: a real result from an assessor's sheet, a range from facts."""

from docgen.score.arithmetic import Assessed, Result, Specials, score
from docgen.score.forecast import ClauseForecast, Forecast, forecast

__all__ = ["Assessed", "ClauseForecast", "Forecast", "Result", "Specials", "forecast", "score"]
