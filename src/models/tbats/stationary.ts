/** Do the roots of 1 − Σ a zⁱ lie outside the unit circle? By the step-down recursion (Barndorff-Nielsen & Schou 1973). */
export function stationary(coefficients: ArrayLike<number>): boolean {
  let a = Array.from(coefficients)
  while (a.length > 0) {
    const last = a.at(-1)!
    if (!(Math.abs(last) < 1)) return false
    const order = a.length - 1
    a = Array.from({ length: order }, (_, i) => (a[i]! + last * a[order - 1 - i]!) / (1 - last * last))
  }
  return true
}
