/** Coefficients from the highest power down: of numerators and denominators in three stretches. */
const NEAR = {
  above: [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694],
  below: [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
}
const MIDDLE = {
  above: [
    ...[2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001],
    ...[881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972],
  ],
  below: [
    ...[1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903],
    ...[3290.7992357334597, 4362.619090143247, 3439.3676741437216, 1230.3393548037495],
  ],
}
const FAR = {
  above: [
    ...[0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926],
    ...[0.016083785148742275, 0.0006587491615298378],
  ],
  below: [
    ...[1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285],
    ...[0.06051834131244132, 0.0023352049762686918],
  ],
}
const ROOT_OF_PI = Math.sqrt(Math.PI)

/** A ratio of two polynomials at x, coefficients from the highest power down. */
export function ratioAt(
  x: number,
  { above, below }: { readonly above: readonly number[]; readonly below: readonly number[] },
): number {
  let numerator = 0
  let denominator = 0
  for (let i = 0; i < above.length; i++) numerator = numerator * x + above[i]!
  for (let i = 0; i < below.length; i++) denominator = denominator * x + below[i]!
  return numerator / denominator
}

/** The complementary error function 2/√π ∫ exp(−t²) from x on, to 15 digits (rational approximations: Cody 1969, Math. Comp. 23). */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  const size = Math.abs(x)
  if (size <= 0.46875) return 1 - x * ratioAt(x * x, NEAR)
  let upper = 0
  if (size <= 4) upper = ratioAt(size, MIDDLE) * decay(size)
  else if (size < 27.3) {
    const s = 1 / (size * size)
    upper = ((1 / ROOT_OF_PI - s * ratioAt(s, FAR)) / size) * decay(size)
  }
  return x < 0 ? 2 - upper : upper
}

/** exp(−x²): the square's rounding would cost digits, so x is cut in two of which the first has an exact square. */
function decay(x: number): number {
  const first = Math.trunc(16 * x) / 16
  return Math.exp(-first * first) * Math.exp(-(x - first) * (x + first))
}
