"""Seconds that statsforecast takes for each series of a JSON file, one at a time on one thread, after a first one to warm up.

    python peers.py FILE   ->   {"version": ..., "seconds": {model: total}}
"""
import json
import sys
import time
import warnings

import numpy
import statsforecast
from statsforecast.models import AutoARIMA, AutoETS, DynamicOptimizedTheta

warnings.filterwarnings("ignore")
work = json.load(open(sys.argv[1]))
models = {"auto-ets": AutoETS, "auto-arima": AutoARIMA, "dot": DynamicOptimizedTheta}
seconds = {}
for name, make in models.items():
    total = 0.0
    for index, item in enumerate([work["series"][0], *work["series"]]):
        values = numpy.array(item["values"])
        begin = time.perf_counter()
        make(season_length=work["seasonLength"]).forecast(y=values, h=work["horizon"], level=[80, 95])
        if index > 0:
            total += time.perf_counter() - begin
    seconds[name] = total
print(json.dumps({"version": statsforecast.__version__, "seconds": seconds}))
