"""Vector autoregressions of statsmodels on simulated systems.

    python scripts/make-var-golden.py      (needs statsmodels; writes test/golden/var.json)
"""
import json
import pathlib

import numpy
import statsmodels
from statsmodels.tsa.api import VAR

SYSTEMS = {
    "pair": ([[[0.5, 0.3], [-0.2, 0.4]]], 120),
    "three, two lags": ([[[0.4, 0.2, 0.0], [0.1, 0.3, 0.1], [0.0, 0.3, 0.2]], [[0.2, 0.0, 0.1], [0.0, 0.2, 0.0], [0.1, 0.0, 0.1]]], 200),
    "short": ([[[0.6, 0.2], [0.0, 0.5]]], 30),
    "alone": ([[[0.7]]], 80),
}
HORIZON = 6
cases = []
for seed, (name, (lags, n)) in enumerate(SYSTEMS.items()):
    lags = numpy.array(lags)
    p, k, _ = lags.shape
    random = numpy.random.default_rng(seed)
    y = numpy.zeros((n + 50, k))
    outside = random.standard_normal((n + 50 + HORIZON, 1))
    for t in range(p, n + 50):
        y[t] = 2 + sum(lags[i] @ y[t - 1 - i] for i in range(p)) + 0.5 * outside[t] + random.standard_normal(k) * numpy.arange(1, k + 1)
    y, past, future = y[50:].round(6), outside[50 : n + 50].round(6), outside[n + 50 :].round(6)
    for exog in (None, past):
        model = VAR(y, exog=exog) if k > 1 else None
        if model is None:
            # the package asks for two variables: one beside itself lagged is plain least squares
            order = 1
            x = numpy.column_stack([numpy.ones(n - 1)] + ([past[1:]] if exog is not None else []) + [y[:-1]])
            coefficients, residual, *_ = numpy.linalg.lstsq(x, y[1:], rcond=None)
            cases.append({"name": name, "order": 1, "series": y.T.tolist(), "exog": None if exog is None else past[:, 0].tolist(), "coefficients": coefficients.T.tolist()})
            continue
        order = p
        result = model.fit(order, trend="c")
        chosen = model.select_order(5, trend="c")
        mean = result.forecast(y[-order:], HORIZON, exog_future=None if exog is None else future)
        case = {
            "name": name + ("" if exog is None else " with a regressor"),
            "order": order,
            "series": y.T.tolist(),
            "exog": None if exog is None else numpy.concatenate([past, future])[:, 0].tolist(),
            # rows as equations: constant, regressor, lags
            "coefficients": result.params.T.tolist(),
            "covariance": result.sigma_u.tolist(),
            "radius": float(1 / numpy.abs(result.roots).min()),
            "criteria": {key: [float(v) for v in values] for key, values in chosen.ics.items() if key != "fpe"},
            "forecast": mean[:, 0].tolist(),
            "variances": [float(m[0, 0]) for m in result.mse(HORIZON)],
            "granger": [
                {"statistic": float(test.test_statistic), "p_infinite": float(test.pvalue)}
                for test in (result.test_causality(0, j, kind="f") for j in range(1, k))
            ],
        }
        cases.append(case)
path = pathlib.Path(__file__).parent.parent / "test/golden/var.json"
path.write_text(json.dumps({"statsmodels": statsmodels.__version__, "cases": cases}, separators=(",", ":")) + "\n")
print(len(cases), "cases")
