# Answers of R's stats::arima() with regressors and with missing values, for test/golden/arimax.json.
# Run: Rscript scripts/make-arimax-golden.R > test/golden/arimax.json
suppressMessages(library(jsonlite))
set.seed(1)
gaps <- function(y, at) { y[at] <- NA; y }
short <- function(x) x[seq_len(length(x) - 12)]
drivers <- log10(Seatbelts[, "drivers"])
belts <- cbind(price = Seatbelts[, "PetrolPrice"], kms = Seatbelts[, "kms"] / 1000, law = Seatbelts[, "law"])
year <- cbind(year = as.numeric(time(LakeHuron)) - 1920)
waves <- function(t) cbind(cos1 = cos(2 * pi * t / 12), sin1 = sin(2 * pi * t / 12))
one <- function(name, y, order, seasonal, xreg, future) {
  y <- as.numeric(y)
  fit <- arima(y, order = order, seasonal = list(order = seasonal[1:3], period = seasonal[4]), xreg = xreg,
    method = "ML", optim.control = list(reltol = 1e-12, maxit = 1000))
  h <- if (is.null(future)) 8 else nrow(future)
  ahead <- predict(fit, n.ahead = h, newxreg = future)
  list(name = name, values = y, season = seasonal[4], order = order, seasonal = seasonal[1:3],
    regressors = if (is.null(xreg)) NULL else as.data.frame(rbind(xreg, future)),
    coef = as.list(coef(fit)), loglik = fit$loglik, sigma2 = fit$sigma2,
    mean = as.numeric(ahead$pred), se = as.numeric(ahead$se))
}
n <- nrow(Seatbelts) - 12
cases <- list(
  one("LakeHuron", LakeHuron[1:90], c(2, 0, 0), c(0, 0, 0, 1), year[1:90, , drop = FALSE], year[91:98, , drop = FALSE]),
  one("LakeHuron with gaps", gaps(LakeHuron[1:90], c(7, 30:33, 60)), c(1, 0, 1), c(0, 0, 0, 1), year[1:90, , drop = FALSE], year[91:98, , drop = FALSE]),
  one("Seatbelts", drivers[1:n], c(1, 0, 0), c(1, 0, 0, 12), belts[1:n, ], belts[n + 1:12, ]),
  one("Seatbelts, differenced", drivers[1:n], c(0, 1, 1), c(0, 1, 1, 12), belts[1:n, ], belts[n + 1:12, ]),
  one("Seatbelts with gaps", gaps(drivers[1:n], c(5, 17, 40:44, 100, 150)), c(1, 0, 1), c(1, 0, 0, 12), belts[1:n, ], belts[n + 1:12, ]),
  one("nottem on waves", nottem[1:228], c(1, 0, 0), c(0, 0, 0, 1), waves(1:228), waves(229:240)),
  one("presidents", presidents, c(3, 0, 0), c(0, 0, 0, 1), NULL, NULL),
  one("presidents, mixed", presidents, c(1, 0, 1), c(0, 0, 0, 1), NULL, NULL),
  one("presidents, differenced", presidents, c(0, 1, 1), c(0, 0, 0, 1), NULL, NULL),
  one("airline with gaps", gaps(log(AirPassengers), c(20, 50:53, 90, 120)), c(0, 1, 1), c(0, 1, 1, 12), NULL, NULL),
  one("airline, every third missing", gaps(log(AirPassengers), seq(20, 130, 3)), c(0, 1, 1), c(0, 1, 1, 12), NULL, NULL),
  one("lynx, half missing", gaps(log10(lynx), sample(10:110, 50)), c(2, 0, 0), c(0, 0, 0, 1), NULL, NULL),
  one("UKgas with gaps", gaps(log(UKgas), c(6, 7, 30, 31, 80)), c(0, 1, 1), c(0, 1, 1, 4), NULL, NULL),
  one("Nile, half missing", gaps(Nile, c(21:40, 61:80)), c(0, 1, 1), c(0, 0, 0, 1), NULL, NULL))
cat(toJSON(list(source = paste("R", getRversion(), "stats::arima()"), cases = cases), digits = 10, auto_unbox = TRUE, na = "null", null = "null"))
