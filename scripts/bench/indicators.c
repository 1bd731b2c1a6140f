/* Reference kernels in plain C for indicators.mjs: best of 15 runs over a file of doubles (high, low, close), in ms. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double *high, *low, *close_, *a, *b, *c;
static long n;

static void sma(int p) {
  double sum = 0;
  for (int i = 0; i < p - 1; i++) sum += close_[i];
  for (long i = p - 1; i < n; i++) {
    sum += close_[i];
    a[i] = sum / p;
    sum -= close_[i - p + 1];
  }
}
static void rsi(int p) {
  double gain = 0, loss = 0;
  for (int i = 1; i <= p; i++) {
    double d = close_[i] - close_[i - 1];
    if (d < 0) loss -= d; else gain += d;
  }
  gain /= p;
  loss /= p;
  a[p] = 100 * gain / (gain + loss);
  for (long i = p + 1; i < n; i++) {
    double d = close_[i] - close_[i - 1];
    gain *= p - 1;
    loss *= p - 1;
    if (d < 0) loss -= d; else gain += d;
    gain /= p;
    loss /= p;
    a[i] = gain + loss == 0 ? 0 : 100 * gain / (gain + loss);
  }
}
static double tr(long i) {
  double r = high[i] - low[i], u = high[i] - close_[i - 1], d = low[i] - close_[i - 1];
  if (u < 0) u = -u;
  if (d < 0) d = -d;
  return r > u ? (r > d ? r : d) : (u > d ? u : d);
}
static void atr(int p) {
  double level = 0;
  for (int i = 1; i <= p; i++) level += tr(i);
  level /= p;
  a[p] = level;
  for (long i = p + 1; i < n; i++) {
    level = (level * (p - 1) + tr(i)) / p;
    a[i] = level;
  }
}
static void ema(const double *x, double *out, int p, long from) {
  double sum = 0, k = 2.0 / (p + 1);
  for (int i = 0; i < p; i++) sum += x[from + i];
  double level = sum / p;
  out[from + p - 1] = level;
  for (long i = from + p; i < n; i++) out[i] = level = (x[i] - level) * k + level;
}
static void macd(int p) {
  (void)p;
  ema(close_, b, 26, 0);
  ema(close_, a, 12, 14);
  for (long i = 25; i < n; i++) a[i] -= b[i];
  ema(a, b, 9, 25);
  for (long i = 33; i < n; i++) c[i] = a[i] - b[i];
}
static double ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
static void run(const char *name, void (*kernel)(int), int p, const char *end) {
  double best = 1e300;
  for (int round = 0; round < 15; round++) {
    double start = ms();
    kernel(p);
    double took = ms() - start;
    if (took < best) best = took;
  }
  printf("\"%s\":%.4f%s", name, best, end);
}
int main(int argc, char **argv) {
  n = argc > 2 ? atol(argv[2]) : 0;
  FILE *file = argc > 2 ? fopen(argv[1], "rb") : NULL;
  if (!file || n < 100) return 2;
  double **columns[] = {&high, &low, &close_, &a, &b, &c};
  for (int i = 0; i < 6; i++) *columns[i] = calloc(n, sizeof(double));
  for (int i = 0; i < 3; i++)
    if (fread(*columns[i], sizeof(double), n, file) != (size_t)n) return 3;
  fclose(file);
  printf("{");
  run("sma:20", sma, 20, ",");
  run("rsi:14", rsi, 14, ",");
  run("atr:14", atr, 14, ",");
  run("macd:12:26:9", macd, 0, "}\n");
  return a[n - 1] + c[n - 1] == 12345.678;
}
