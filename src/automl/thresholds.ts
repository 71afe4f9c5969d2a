/** Every threshold of pattern detection, in one table. */
export const THRESHOLDS = {
  /** Fewer equal values prove no constancy. */
  constantObservations: 3,
  /** Below this nothing can be tested. */
  shortObservations: 10,
  /** What the guide advises; a warning below it, no refusal. */
  advisedObservations: 30,
  /** Average interval between demands and squared variation of their sizes: Syntetos, Boylan & Croston (2005). */
  interval: 1.32,
  squaredVariation: 0.49,
  /** Mean demand below which whole values are pieces rather than a quantity. */
  fewPieces: 20,
  /** The same where some periods have none: then it is counted, and not weighed. */
  fewPiecesOrNone: 100,
  /** Full seasons needed to test for a season. */
  seasons: 3,
  /** Level of the seasonality test, all its parts together. */
  seasonLevel: 0.02,
  /** The same with fewer than five seasons, where an autoregression is hard to know. */
  seasonLevelFew: 0.005,
  /** A season that is real but explains less than this is no pattern (FPP3's strength, 0 to 1). */
  seasonStrength: 0.2,
  /** Two-sided level of the test of the drift. */
  trendLevel: 0.01,
  /** Share of the variance that the line must explain. */
  trendStrength: 0.2,
  /** Share from which a trend of a few pieces is carried on: below it the next demands are better foreseen without. */
  trendOfFew: 0.5,
  /** Standard deviation over the absolute mean. */
  variation: 1,
  /** A value is an outlier beyond this many robust standard deviations of its difference from a local median. */
  outlier: 6,
  /** Points and seasons the tests look at, the last ones; harmonics of a season that they try. */
  testedObservations: 2000,
  testedSeasons: 40,
  testedHarmonics: 12,
} as const
