"""Automatic exponential smoothing and dynamic optimised theta for all series of a JSON file, by statsforecast with two jobs.

    python batch.py FILE   ->   {"version", "seconds", "processor", "peakMb"}
"""
import json
import resource
import sys
import time
import warnings

import pandas
import statsforecast
from statsforecast import StatsForecast
from statsforecast.models import AutoETS, DynamicOptimizedTheta

if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    work = json.load(open(sys.argv[1]))
    rows = [(item["id"], t, value) for item in work["series"] for t, value in enumerate(item["values"])]
    frame = pandas.DataFrame(rows, columns=["unique_id", "ds", "y"])
    m = work["seasonLength"]
    engine = StatsForecast(models=[AutoETS(season_length=m), DynamicOptimizedTheta(season_length=m)], freq=1, n_jobs=2)
    begin = time.perf_counter()
    engine.forecast(df=frame, h=work["horizon"], level=[80, 95])
    seconds = time.perf_counter() - begin
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    # of two jobs the larger one is told
    peak = (own.ru_maxrss + 2 * children.ru_maxrss) / 1024
    print(json.dumps({"version": statsforecast.__version__, "seconds": seconds, "processor": processor, "peakMb": peak}))
