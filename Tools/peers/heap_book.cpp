// A continuous book on two binary heaps with lazy deletion: what one would write first.
// usage: heap_book REQUESTS RATE; prints one JSON line. The stream of requests is the bench's own, drawn from a counter hash.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <queue>
#include <vector>

static int64_t now(clockid_t clock = CLOCK_MONOTONIC) {
  timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static uint64_t draw(uint64_t index) {
  uint64_t z = 20240915ULL + (index + 1) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

struct Order {
  bool bid;
  int64_t price, left;
};

// Heap entry: `rank` is the price, negated for asks, so that the largest rank is the best; then the earlier one.
struct Entry {
  int64_t rank, sequence;
  bool operator<(const Entry &other) const {
    return rank != other.rank ? rank < other.rank : sequence > other.sequence;
  }
};

struct Book {
  std::vector<Order> orders;
  std::vector<int64_t> names;
  std::priority_queue<Entry> sides[2];
  int64_t trades = 0, volume = 0;

  explicit Book(int64_t requests) : names(requests, -1) { orders.reserve(requests); }

  int64_t submit(bool bid, int64_t price, int64_t energy) {
    auto &other = sides[!bid];
    while (energy > 0 && !other.empty()) {
      Order &resting = orders[other.top().sequence];
      if (resting.left == 0) {
        other.pop();
        continue;
      }
      if (bid ? resting.price > price : resting.price < price) break;
      int64_t traded = std::min(energy, resting.left);
      energy -= traded;
      resting.left -= traded;
      ++trades;
      volume += traded;
      if (resting.left == 0) other.pop();
    }
    orders.push_back({bid, price, energy});
    int64_t name = orders.size() - 1;
    if (energy > 0) sides[bid].push({bid ? price : -price, name});
    return name;
  }

  void request(int64_t number) {
    auto value = [&](int place) { return int64_t(draw(number * 6 + place) >> 1); };
    int64_t kind = value(0) % 10;
    bool bid = value(1) & 1;
    int64_t depth = std::min(value(2) % 520, value(5) % 520);
    int64_t price = bid ? 519 - depth : 480 + depth, energy = 10 + value(3) % 2491;
    int64_t earlier = number - 1 - value(4) % 20000;
    if (kind < 6) {
      names[number] = submit(bid, price, energy);
      return;
    }
    if (earlier < 0 || names[earlier] < 0 || orders[names[earlier]].left == 0) return;
    Order &order = orders[names[earlier]];
    if (kind < 9) {
      order.left = 0;
    } else if (order.price == price && energy <= order.left) {
      order.left = energy;
    } else {
      bool side = order.bid;
      order.left = 0;
      names[earlier] = submit(side, price, energy);
    }
  }
};

int main(int count, char **arguments) {
  if (count != 3) return 2;
  int64_t requests = atoll(arguments[1]), rate = atoll(arguments[2]);
  double best = 1e9;
  int64_t trades = 0, volume = 0;
  for (int repetition = 0; repetition < 3; ++repetition) {
    Book book(requests);
    int64_t before = now(CLOCK_PROCESS_CPUTIME_ID);
    for (int64_t number = 0; number < requests; ++number) book.request(number);
    best = std::min(best, (now(CLOCK_PROCESS_CPUTIME_ID) - before) / 1e9);
    trades = book.trades;
    volume = book.volume;
  }
  Book book(requests);
  std::vector<int64_t> latency(requests);
  int64_t start = now() + 1000000;
  for (int64_t number = 0; number < requests; ++number) {
    int64_t due = start + number * (1000000000LL / rate);
    while (now() < due) {
    }
    book.request(number);
    latency[number] = now() - due;
  }
  std::sort(latency.begin(), latency.end());
  printf("{\"throughput\":%.0f,\"trades\":%ld,\"volume\":%ld,\"p50\":%ld,\"p99\":%ld,\"p99.9\":%ld}\n", requests / best,
         long(trades), long(volume), long(latency[requests / 2]), long(latency[requests * 99 / 100]),
         long(latency[requests * 999 / 1000]));
}
