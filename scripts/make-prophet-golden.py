"""The Python package's own most probable parameters on twelve series of our making, with its objective there.

    python scripts/make-prophet-golden.py      (needs prophet; writes test/golden/prophet.json)
"""
import json
import logging
import math
import pathlib
import warnings

import numpy
import pandas
import prophet
from prophet import Prophet

warnings.filterwarnings("ignore")
logging.getLogger("prophet").setLevel(logging.ERROR)
logging.getLogger("cmdstanpy").disabled = True
HORIZON = 14


def wave(t, period, size, phase=0.0):
    return size * numpy.sin(2 * numpy.pi * t / period + phase)


def rounded(values):
    return [None if numpy.isnan(v) else float(f"{v:.7g}") for v in values]


def cases():
    def case(name, n, make, seasons=(), **more):
        t = numpy.arange(n)
        noise = numpy.random.default_rng(len(name) * 1000 + n).standard_normal(n)
        return {"name": name, "growth": "linear", "seasonality": "additive", "seasons": list(seasons), **more, "values": rounded(make(t, noise))}

    t = numpy.arange(365 + HORIZON)
    regressors = {"promotion": [float(v) for v in (t % 17 < 3)], "price": rounded(10 + wave(t, 40, 2) + ((t * 7919) % 13) / 10)}
    promotion, price = (numpy.array(regressors[key][:365]) for key in ("promotion", "price"))
    yield case("line", 120, lambda t, e: 50 + 0.3 * t + 5 * e)
    yield case("bends", 400, lambda t, e: 100 + 0.4 * numpy.minimum(t, 150) - 0.3 * numpy.maximum(0, t - 250) + 4 * e, [7])
    yield case("weekly", 200, lambda t, e: 100 + wave(t, 7, 10) + wave(t, 3.5, 4) + 5 * e, [7])
    yield case("yearly", 1000, lambda t, e: 200 + 0.05 * t + wave(t, 7, 10) + wave(t, 365.25, 30) + 8 * e, [7, 365.25])
    yield case("multiplicative", 740, lambda t, e: (50 + 0.2 * t) * (1 + wave(t, 7, 0.2) + wave(t, 365.25, 0.3)) + 4 * e, [7, 365.25], seasonality="multiplicative")
    yield case("hours", 500, lambda t, e: 80 + wave(t, 24, 20) + wave(t, 168, 10) + 0.02 * t + 5 * e, [24, 168])
    yield case("walk", 300, lambda t, e: 100 + 2 * numpy.cumsum(e), [7])
    yield case("logistic", 300, lambda t, e: 180 / (1 + numpy.exp(-(t - 120) / 30)) + wave(t, 7, 5) + 3 * e, [7], growth="logistic", capacity=200)
    yield case("missing", 250, lambda t, e: numpy.where(t % 9 == 4, numpy.nan, 100 + wave(t, 7, 10) + 0.2 * t + 6 * e), [7])
    yield case("flat", 180, lambda t, e: 90 + wave(t, 30.5, 12) + 4 * e, [30.5], growth="flat")
    yield case("regressors", 365, lambda t, e: 120 + wave(t, 7, 9) + 25 * promotion - 6 * price + 5 * e, [7], regressors=regressors)
    yield case("short", 40, lambda t, e: 30 + 0.5 * t + wave(t, 12, 6) + 2 * e, [12])


def objective(p, y, fitted, prior, sigmas):
    """Minus the logarithm of likelihood times priors as the package's Stan program has it, without constants."""
    sigma = p["sigma_obs"]
    return (
        len(y) * math.log(sigma)
        + float(((y - fitted) ** 2).sum()) / (2 * sigma**2)
        + 2 * sigma**2
        + (p["k"] ** 2 + p["m"] ** 2) / 50
        + float(numpy.abs(p["delta"]).sum()) / prior
        + float(((p["beta"] / sigmas) ** 2).sum()) / 2
    )


def answer(case):
    values = numpy.array([numpy.nan if v is None else v for v in case["values"]], dtype=float)
    dates = pandas.date_range("2000-01-01", periods=len(values) + HORIZON, freq="D")
    off = {"yearly_seasonality": False, "weekly_seasonality": False, "daily_seasonality": False}
    model = Prophet(growth=case["growth"], seasonality_mode=case["seasonality"], **off)
    for period in case["seasons"]:
        model.add_seasonality(name=f"s{period}", period=period, fourier_order=min(int(period // 2), 10))
    frame = pandas.DataFrame({"ds": dates, "y": numpy.concatenate([values, numpy.full(HORIZON, numpy.nan)])})
    if case["growth"] == "logistic":
        frame["cap"] = case["capacity"]
    for name, column in case.get("regressors", {}).items():
        frame[name] = column
        model.add_regressor(name)
    model.uncertainty_samples = 0
    model.fit(frame[: len(values)])
    params = {key: numpy.array(value).reshape(-1) for key, value in model.params.items()}
    params.update({key: float(params[key][0]) for key in ("k", "m", "sigma_obs")})
    y = model.history["y_scaled"].to_numpy()
    forecast = model.predict(frame)["yhat"].to_numpy()
    fitted = forecast[: len(values)][~numpy.isnan(values)] / model.y_scale
    sigmas = numpy.full(len(params["beta"]), 10.0)
    value = objective(params, y, fitted, model.changepoint_prior_scale, sigmas)
    return {**case, "objective": value, "scale": float(model.y_scale), "forecast": rounded(forecast[len(values) :])}


golden = {"prophet": prophet.__version__, "cases": [answer(case) for case in cases()]}
path = pathlib.Path(__file__).parent.parent / "test/golden/prophet.json"
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(len(golden["cases"]), "cases")
