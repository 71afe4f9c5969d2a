"""Complex exponential smoothing of statsforecast: its parameters and initial states, with its errors and forecasts.

    python scripts/make-ces-golden.py      (needs statsforecast; writes test/golden/ces.json)
"""
import json
import pathlib

import numpy
import statsforecast
from statsforecast.ces import auto_ces, forecast_ces

M, N, HORIZON = 12, 96, 18
cases = []
for letter, name in {"N": "none", "S": "simple", "P": "partial", "F": "full"}.items():
    random = numpy.random.default_rng(ord(letter))
    t = numpy.arange(N)
    values = (100 + 0.3 * t + 15 * numpy.sin(2 * numpy.pi * t / M) + 4 * random.standard_normal(N)).round(4)
    model = auto_ces(values, m=M, model=letter)
    lags = 1 if letter == "N" else M
    cases.append(
        {
            "seasonality": name,
            "seasonLength": lags,
            "values": values.tolist(),
            "parameters": {key: None if numpy.isnan(v) else float(v) for key, v in model["par"].items()},
            "states": model["states"][:lags].tolist(),
            "errors": model["residuals"].tolist(),
            "forecast": forecast_ces(model, HORIZON)["mean"].tolist(),
        }
    )
path = pathlib.Path(__file__).parent.parent / "test/golden/ces.json"
path.write_text(json.dumps({"statsforecast": statsforecast.__version__, "cases": cases}, separators=(",", ":")) + "\n")
print(len(cases), "cases")
