# The shares and intervals that tests hold src/statistics/survey.rs against: Rscript tests/survey/intervals.R > tests/survey/intervals.txt
#
# Each line of the data is one question: strata with a space between, each population:cases:yes:no, the population - where it is not
# known. In front may stand a confidence, such as 80%; else it is 95%. Printed beside it: share, lower and upper limit. Needs the package survey (4.1 or later).
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust")

data <- c(
  # One stratum: a plain sample, a small one, nearly a census, a census, and the population not known.
  "557:128:84:44", "40:10:7:3", "130:128:84:44", "128:128:84:44", "-:128:84:44", "-:2:1:1", "1000000:5000:4999:1",
  # Part of the sample only: the question applies to some of its cases.
  "557:128:63:33", "557:128:1:1", "557:128:2:1", "-:128:63:33", "60:59:3:40",
  # Strata in proportion, and out of it.
  "200:46:30:16 150:34:20:14 100:23:18:5 60:14:7:7 47:11:9:2",
  "200:20:10:6 150:34:20:4 100:50:18:5 60:14:7:7 47:3:1:2",
  # The question applies to no case of a stratum, to one, to all of them; a stratum without a case.
  "200:46:0:0 150:34:20:14 100:23:1:0", "200:46:0:1 150:34:20:14", "200:0:0:0 150:34:20:10",
  # A stratum of which all cases are looked at, beside a sample.
  "30:30:20:10 150:34:20:14", "30:30:20:5 12:12:3:9", "3:3:2:1 150:34:20:10",
  # A stratum with a single case, of several, and of itself alone.
  "9:1:1:0 150:34:20:14", "9:1:0:1 150:34:20:14 5:1:1:0", "1:1:1:0 150:34:20:14", "9:1:0:0 150:34:20:14",
  # Two single cases that differ, and two strata that each say one thing.
  "9:1:1:0 12:1:0:1", "50:3:3:0 40:2:0:2",
  # The made-up extract of samples/north-west-population, drawn with the seed 20181008, and a case that was added by hand: the strata
  # of tests/it/cli_technical.rs.
  "30:6:3:3 194:35:23:12 45:8:6:2 223:41:27:14 72:13:9:4 1:1:1:0",
  # All yes or all no.
  "557:128:96:0", "557:128:0:96", "30:30:30:0", "60:59:0:59", "40:1:1:0", "-:20:20:0", "-:1:0:1", "-:128:0:3",
  "200:46:3:0 150:34:20:0 100:23:5:0",
  # Everything at once: a question that applies to a part of the cases, a stratum of a single case, one that is looked at as a whole, one
  # of a single case that is all there is.
  "60:29:11:2 25:13:5:1 2:1:1:0 1:1:0:0 12:6:4:0", "60:29:7:3 25:13:2:1 2:1:0:1 1:1:1:0 12:12:3:2", "60:29:1:1 25:13:1:0 2:1:0:0 1:1:0:1",
  "82:24:1:6 10:10:0:1 53:1:0:1 35:35:1:5",
  # Other confidences.
  "80% 557:128:84:44", "99.9% 557:128:84:44", "80% 60:29:11:2 25:13:5:1 2:1:1:0 1:1:0:0 12:6:4:0", "50% -:20:12:5", "80% 557:128:96:0",
  "99% -:20:0:20", "80% 50:3:3:0 40:2:0:2"
)

# R gives no limits, or a share that is sure, where no stratum shows how its answers vary although not all its cases are looked at.
# There the answers are taken as a plain sample of as many cases as they stand for, and where all are alike the limit is that of
# Clopper and Pearson, of a finite population where that is known.
limit_of_none <- function(answers, stand_for, tail) {
  if (is.na(stand_for)) return(1 - tail^(1 / answers))
  among <- 0:(stand_for - answers)
  chances <- phyper(0, among, stand_for - among, answers)
  max(among[chances >= tail]) / stand_for
}

plain_interval <- function(share, answers, stand_for, tail) {
  looked_at <- if (is.na(stand_for)) 0 else answers / stand_for
  error <- sqrt((1 - looked_at) / ((answers - 1) * share * (1 - share)))
  plogis(qlogis(share) + c(-1, 1) * qt(1 - tail, answers - 1) * error)
}

estimate <- function(line) {
  level <- if (grepl("%", line)) as.numeric(sub("%.*", "", line)) / 100 else 0.95
  line <- sub(".*% ", "", line)
  tail <- (1 - level) / 2
  strata <- do.call(rbind, strsplit(strsplit(line, " ")[[1]], ":"))
  strata <- data.frame(id = seq_len(nrow(strata)), population = suppressWarnings(as.numeric(strata[, 1])),
                       cases = as.numeric(strata[, 2]), yes = as.numeric(strata[, 3]), no = as.numeric(strata[, 4]))
  strata <- strata[strata$cases > 0, ]
  known <- !is.na(strata$population[1])
  weights <- if (known) strata$population / strata$cases else 1
  yes <- sum(strata$yes)
  no <- sum(strata$no)
  stand_for <- if (known) round(sum(weights * (strata$yes + strata$no))) else NA
  if (yes == 0) return(c(0, 0, limit_of_none(no, stand_for, tail)))
  if (no == 0) return(c(1, 1 - limit_of_none(yes, stand_for, tail), 1))
  rows <- strata[rep(seq_len(nrow(strata)), strata$cases), ]
  rows$answer <- unlist(lapply(seq_len(nrow(strata)), function(at) with(strata[at, ],
    c(rep(1, yes), rep(0, no), rep(NA, cases - yes - no)))))
  design <- if (known) svydesign(ids = ~1, strata = ~id, fpc = ~population, data = rows) else
    svydesign(ids = ~1, weights = ~1, data = rows)
  answered <- subset(design, !is.na(answer))
  mean <- svymean(~answer, answered)
  is_census <- known && all(strata$population == strata$cases)
  if (degf(answered) == 0 || (vcov(mean) < 1e-30 && !is_census))
    return(c(coef(mean), plain_interval(coef(mean), yes + no, stand_for, tail)))
  c(coef(mean), as.vector(attr(svyciprop(~answer, answered, method = "xlogit", level = level), "ci")))
}

for (line in data) {
  text <- format(suppressWarnings(estimate(line)), digits = 15, trim = TRUE, scientific = FALSE)
  writeLines(paste(c(line, "|", text), collapse = " "))
}
