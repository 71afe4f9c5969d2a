/** What AICc adds to AIC for `count` parameters (Hurvich & Tsai 1989); 0 where it is undefined. */
export const smallSample = (observed: number, count: number): number =>
  observed - count - 1 > 0 ? (2 * count * (count + 1)) / (observed - count - 1) : 0
