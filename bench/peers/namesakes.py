"""Forecasts of the namesakes in statsforecast and Prophet, with their default options, for the series of a JSON file.

    python namesakes.py FILE MODEL[,MODEL] OUT   ->   OUT: lines `id,model,seconds,f1;f2;...`, as they come

A series that a package refuses has no line; what it said goes to stderr.
"""
import json
import logging
import sys
import time
import warnings

import numpy

warnings.filterwarnings("ignore")
logging.getLogger("prophet").setLevel(logging.ERROR)
logging.getLogger("cmdstanpy").disabled = True
# a frequency that pandas knows, and a start for sets that name none
FREQUENCIES = {"yearly": "YS", "quarterly": "QS", "monthly": "MS", "other": "MS", "daily": "D", "hourly": "h"}


def statsforecast_model(name, seasons):
    from statsforecast.models import AutoCES, AutoTBATS, MSTL

    if name == "ces":
        return AutoCES(season_length=seasons[0])
    if name == "tbats":
        return AutoTBATS(season_length=seasons)
    return MSTL(season_length=seasons)


def forecast(name, item):
    values = numpy.array([numpy.nan if v is None else v for v in item["values"]], dtype=float)
    if name == "prophet":
        import pandas
        from prophet import Prophet

        dates = pandas.date_range(item["start"], periods=len(values) + item["horizon"], freq=FREQUENCIES[item["frequency"]])
        model = Prophet()
        model.fit(pandas.DataFrame({"ds": dates[: len(values)], "y": values}))
        model.uncertainty_samples = 0
        return model.predict(pandas.DataFrame({"ds": dates[len(values) :]}))["yhat"].to_numpy()
    # the package refuses missing values: a straight line is drawn through them
    known = numpy.flatnonzero(~numpy.isnan(values))
    values = numpy.interp(numpy.arange(len(values)), known, values[known])
    seasons = [m for m in item["seasons"] if m > 1]
    if not seasons and name != "ces":
        raise ValueError("no season")
    return statsforecast_model(name, seasons or [1]).forecast(y=values, h=item["horizon"])["mean"]


work = json.load(open(sys.argv[1]))
with open(sys.argv[3], "a") as out:
    for name in sys.argv[2].split(","):
        for item in work:
            begin = time.perf_counter()
            try:
                answer = forecast(name, item)
            except Exception as error:
                print(name, item["id"], repr(error)[:200], file=sys.stderr)
                continue
            seconds = time.perf_counter() - begin
            numbers = ";".join(f"{value:.7g}" for value in answer)
            out.write(f"{item['id']},{name},{seconds:.3f},{numbers}\n")
            out.flush()
