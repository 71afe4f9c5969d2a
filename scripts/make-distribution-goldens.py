"""Writes test/golden/distributions.json: reference values at 50 digits by mpmath (pip install mpmath), independent of
the libraries that the engine uses. Run from the root of the repository."""

import json
from mpmath import mp, mpf, betainc, erfc, exp, gammainc, loggamma, log, sqrt

mp.dps = 50


def normal_cdf(x):
    return erfc(-mpf(x) / sqrt(2)) / 2


def root_increasing(f, low, high):
    """Bisection to 30 digits of an increasing function."""
    for _ in range(400):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
        if high - low <= abs(high) * mpf(10) ** -25:
            break
    return (low + high) / 2


def normal_quantile(p):
    return root_increasing(lambda x: normal_cdf(x) - mpf(p), mpf(-45), mpf(45))


def student_upper(t, v):
    t, v = mpf(t), mpf(v)
    return betainc(v / 2, mpf(1) / 2, 0, v / (v + t * t), regularized=True) / 2


def student_cdf(t, v):
    return student_upper(t, v) if t <= 0 else 1 - student_upper(t, v)


def student_quantile(p, v):
    p = mpf(p)
    tail = min(p, 1 - p)
    # decreasing in log t
    x = root_increasing(lambda u: tail - student_upper(exp(u), v), mpf(-60), mpf(300))
    return (1 if p > 0.5 else -1) * exp(x)


def gamma_cdf(x, a):
    if x < 1000:
        return gammainc(mpf(a), 0, mpf(x), regularized=True)
    a, x = mpf(a), mpf(x)  # mpmath gives up on large arguments: the series of positive terms, Abramowitz & Stegun 6.5.29
    term, total, k = mpf(1), mpf(1), a
    while term > total * mpf(10) ** -40:
        k += 1
        term *= x / k
        total += term
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def gamma_quantile(p, a):
    p, a = mpf(p), mpf(a)
    low = (log(p) + loggamma(a + 1)) / a
    return exp(root_increasing(lambda u: gamma_cdf(exp(u), a) - p, low - 1, max(low, log(a)) + 8))


def poisson_pmf(k, m):
    return exp(k * log(mpf(m)) - mpf(m) - loggamma(mpf(k) + 1))


def poisson_cdf(k, m):
    return sum(poisson_pmf(i, m) for i in range(k + 1))


def negative_binomial_pmf(k, m, r):
    m, r = mpf(m), mpf(r)
    return exp(loggamma(k + r) - loggamma(r) - loggamma(mpf(k) + 1) + r * log(r / (r + m)) + k * log(m / (r + m)))


def negative_binomial_cdf(k, m, r):
    return sum(negative_binomial_pmf(i, m, r) for i in range(k + 1))


def discrete_quantile(pmf, p):
    total, k = pmf(0), 0
    while total < mpf(p):
        k += 1
        total += pmf(k)
    return k


def table(f, *grids):
    rows = [[]]
    for grid in grids:
        rows = [row + [x] for row in rows for x in grid]
    return [row + [float(f(*row))] for row in rows]


tails = [1e-8, 0.001, 0.025, 0.1, 0.4, 0.7, 0.95, 0.975, 0.999]
counts = [0.01, 0.3, 1.5, 12, 150]
golden = {
    "normalCdf": table(normal_cdf, [-37, -10, -3, -1.96, -0.5, 0, 1e-9, 0.3, 1, 2.5, 6]),
    "normalQuantile": table(normal_quantile, [1e-300, 1e-30, 1e-12, 1e-5] + tails + [0.5000001, 0.999999]),
    "studentCdf": table(student_cdf, [-40, -6, -3, -0.7, -1e-6, 0.01, 1, 4.5], [0.5, 1, 2, 3.7, 10, 200, 1e6]),
    "studentQuantile": table(student_quantile, [1e-9] + tails, [0.5, 1, 2, 3.7, 10, 200, 1e6]),
    "gammaCdf": table(gamma_cdf, [1e-6, 0.02, 0.5, 1, 3, 30, 120], [0.05, 0.5, 1, 4.2, 30, 110])
    + table(gamma_cdf, [1100, 1400, 1500, 1600, 4000], [5, 900, 1500, 3000.5])
    + table(gamma_cdf, [1960000, 2000000, 2001000, 2010000], [2000000]),
    "gammaQuantile": table(gamma_quantile, tails, [0.05, 0.5, 1, 4.2, 30, 1000]),
    "poissonPmf": table(poisson_pmf, [0, 1, 5, 40, 160, 1000], counts + [1000]),
    "poissonCdf": table(poisson_cdf, [0, 1, 5, 40, 160], counts),
    "poissonQuantile": table(lambda p, m: discrete_quantile(lambda k: poisson_pmf(k, m), p), tails, counts),
    "negativeBinomialPmf": table(negative_binomial_pmf, [0, 1, 5, 40, 160], counts, [0.05, 1, 7.5, 1e8]),
    "negativeBinomialCdf": table(negative_binomial_cdf, [0, 1, 5, 40, 160], counts, [0.05, 1, 7.5, 1e8]),
    "negativeBinomialQuantile": table(
        lambda p, m, r: discrete_quantile(lambda k: negative_binomial_pmf(k, m, r), p),
        [0.001, 0.1, 0.41, 0.95, 0.99], [0.01, 0.3, 1.5, 12], [0.2, 1, 7.5, 1e8],
    ),
}
with open("test/golden/distributions.json", "w") as out:
    out.write("{\n" + ",\n".join(f'"{k}": {json.dumps(v)}' for k, v in golden.items()) + "\n}\n")
