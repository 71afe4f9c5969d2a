# Seconds that R's package forecast takes for each series of a JSON file, one at a time, after a first one to warm up.
#
#   Rscript peers.R FILE   ->   {"version": ..., "seconds": {model: total}}
suppressMessages({ library(forecast); library(jsonlite) })
work <- fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)
models <- list("auto-ets" = ets, "auto-arima" = auto.arima, "dot" = NULL)
seconds <- list()
for (name in names(models)) {
  total <- 0
  for (index in 0:length(work$series)) {
    values <- ts(unlist(work$series[[max(1, index)]]$values), frequency = work$seasonLength)
    begin <- proc.time()[["elapsed"]]
    if (name == "dot") thetaf(values, h = work$horizon)
    else forecast(models[[name]](values), h = work$horizon)
    if (index > 0) total <- total + proc.time()[["elapsed"]] - begin
  }
  seconds[[name]] <- total
}
cat(toJSON(list(version = as.character(packageVersion("forecast")), seconds = seconds), auto_unbox = TRUE, digits = 10))
