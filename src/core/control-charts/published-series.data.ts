/** Montgomery, Introduction to Statistical Quality Control, table 9.1: 20 values of N(10, 1), then 10 of N(11, 1). */
export const MONTGOMERY_SHIFT: readonly number[] = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62,
  10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
]

/** NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.3: twenty means of four. */
export const NIST_CUSUM: readonly number[] = [
  324.925, 324.675, 324.725, 324.35, 325.35, 325.225, 324.125, 324.525, 325.225, 324.6, 324.625, 325.15, 328.325,
  327.25, 327.825, 328.5, 326.675, 327.775, 326.875, 328.35,
]

/** NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4. */
export const NIST_EWMA: readonly number[] = [
  52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
]
