// What the sweep bench is measured against: crossovers of moving averages, each average computed once; position, fills
// with costs, equity, returns, sums of 20-bar blocks and the deepest drawdown of every pair.
// usage: sweep FILE BARS PAIRS; FILE holds open and close, then fast and slow of each pair, all as doubles.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long n;
static double *open_, *close_, *sums, *squares;
static double *means[4096];

static double *mean(int window) {
  if (means[window]) return means[window];
  double *out = malloc(n * sizeof(double)), sum = 0;
  for (long i = 0; i < n; i++) {
    sum += close_[i];
    if (i >= window) sum -= close_[i - window];
    out[i] = i >= window - 1 ? sum / window : NAN;
  }
  return means[window] = out;
}
static double cell(int fast, int slow) {
  const double *quick = mean(fast), *steady = mean(slow);
  double cash = 1e6, entry = 0, lots = 0, wanted = 0, before = 1e6, peak = 1e6, deepest = 0, sum = 0, square = 0;
  double blockSum = 0, blockSquare = 0;
  long inBlock = 0, block = 0;
  for (long t = 1; t < n; t++) {
    if (wanted != lots) {
      double size = wanted - lots, price = open_[t] + (size > 0 ? 0.01 : -0.01);
      cash += (price - entry) * lots * 1000 - fabs(size) * 2.5;
      entry = price;
      lots = wanted;
    }
    double equity = cash + (close_[t] - entry) * lots * 1000, r = equity / before - 1;
    before = equity;
    blockSum += r;
    blockSquare += r * r;
    if (++inBlock == 20) {
      sums[block] = blockSum;
      squares[block++] = blockSquare;
      sum += blockSum;
      square += blockSquare;
      blockSum = blockSquare = inBlock = 0;
    }
    if (equity > peak) peak = equity;
    else if (equity / peak - 1 < deepest) deepest = equity / peak - 1;
    if (t >= slow) {
      double difference = quick[t] - steady[t];
      if (difference > 1e-9) wanted = 1;
      else if (difference < -1e-9) wanted = -1;
    }
  }
  sum += blockSum;
  square += blockSquare;
  double average = sum / (n - 1), deviation = sqrt((square - sum * average) / (n - 2));
  return average / deviation * sqrt(252) + 1e-9 * deepest;
}
static double ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
int main(int argc, char **argv) {
  if (argc < 4) return 2;
  n = atol(argv[2]);
  long pairs = atol(argv[3]);
  FILE *file = fopen(argv[1], "rb");
  if (!file || n < 2) return 2;
  double *fast = malloc(pairs * sizeof(double)), *slow = malloc(pairs * sizeof(double));
  open_ = malloc(n * sizeof(double));
  close_ = malloc(n * sizeof(double));
  sums = malloc(n * sizeof(double));
  squares = malloc(n * sizeof(double));
  size_t got = fread(open_, sizeof(double), n, file) + fread(close_, sizeof(double), n, file);
  got += fread(fast, sizeof(double), pairs, file) + fread(slow, sizeof(double), pairs, file);
  fclose(file);
  if (got != (size_t)(2 * n + 2 * pairs)) return 3;
  double best = 1e300, highest = -1e300;
  for (int round = 0; round < 15; round++) {
    double start = ms();
    for (long p = 0; p < pairs; p++) {
      double sharpe = cell((int)fast[p], (int)slow[p]);
      if (sharpe > highest) highest = sharpe;
    }
    double took = ms() - start;
    if (took < best) best = took;
  }
  printf("{\"ms\":%.4f,\"highest\":%.9f}\n", best, highest);
  return 0;
}
