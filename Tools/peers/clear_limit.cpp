// One slot cleared by hand-written C++ on flat 32-bit arrays: the practical limit. Prices are bounded by the tariffs, so demand
// and supply are summed by price and nothing is sorted; equal prices are filled in order of time.
// usage: clear_limit ORDERS REPETITIONS [SLOTS]; prints one JSON line, the median processor seconds of the clearing alone.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

static const int32_t feedIn = 8000, retail = 30000;
static const int levels = retail - feedIn + 1;

static double now() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

static uint64_t draw(uint64_t index) {
  uint64_t z = 20240915ULL + (index + 1) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

struct Book {
  std::vector<int32_t> price, energy, fill;
  std::vector<uint8_t> bid;
  int64_t volume = 0;
  int32_t clearingPrice = 0;

  Book(int64_t first, int64_t count) {
    for (int64_t number = first; number < first + count; ++number) {
      uint64_t a = draw(5 * number + 1) % levels, b = draw(5 * number + 2) % levels;
      bid.push_back(draw(5 * number) & 1);
      price.push_back(feedIn + int32_t(bid.back() ? std::max(a, b) : std::min(a, b)));
      energy.push_back(10 + int32_t(draw(5 * number + 3) % 2491));
    }
  }

  void clear(std::vector<int64_t> &demand, std::vector<int64_t> &supply) {
    size_t count = price.size();
    fill.assign(count, 0);
    std::fill(demand.begin(), demand.end(), 0);
    std::fill(supply.begin(), supply.end(), 0);
    for (size_t i = 0; i < count; ++i) (bid[i] ? demand : supply)[price[i] - feedIn] += energy[i];
    int64_t wanted = 0, offered = 0;
    for (int k = 0; k < levels; ++k) wanted += demand[k];
    volume = -1;
    for (int k = 0; k < levels; ++k) {
      offered += supply[k];
      volume = std::max(volume, std::min(wanted, offered));
      wanted -= demand[k];
    }
    int64_t before = 0;
    int bidMargin = levels - 1, askMargin = 0;
    for (; bidMargin >= 0 && before + demand[bidMargin] < volume; --bidMargin) before += demand[bidMargin];
    int64_t bidLeft = volume - before;
    int nextBid = bidMargin;
    if (before + demand[bidMargin] == volume)
      for (--nextBid; nextBid >= 0 && !demand[nextBid];) --nextBid;
    before = 0;
    for (; askMargin < levels && before + supply[askMargin] < volume; ++askMargin) before += supply[askMargin];
    int64_t askLeft = volume - before;
    int nextAsk = askMargin;
    if (before + supply[askMargin] == volume)
      for (++nextAsk; nextAsk < levels && !supply[nextAsk];) ++nextAsk;
    int low = std::max(askMargin, nextBid), high = std::min(bidMargin, std::min(nextAsk, levels - 1));
    clearingPrice = feedIn + ((low + high) >> 1);
    int32_t bidPrice = feedIn + bidMargin, askPrice = feedIn + askMargin;
    for (size_t i = 0; i < count; ++i) {
      int64_t &left = bid[i] ? bidLeft : askLeft;
      if (bid[i] ? price[i] > bidPrice : price[i] < askPrice) {
        fill[i] = energy[i];
      } else if (price[i] == (bid[i] ? bidPrice : askPrice)) {
        fill[i] = int32_t(std::min<int64_t>(energy[i], left));
        left -= fill[i];
      }
    }
  }
};

int main(int count, char **arguments) {
  if (count < 3) return 2;
  int64_t orders = atoll(arguments[1]), repetitions = atoll(arguments[2]), slots = count > 3 ? atoll(arguments[3]) : 1;
  std::vector<Book> books;
  for (int64_t slot = 0; slot < slots; ++slot) books.emplace_back(slot * orders, orders);
  std::vector<int64_t> demand(levels), supply(levels);
  std::vector<double> seconds;
  for (int64_t repetition = 0; repetition < repetitions; ++repetition) {
    double before = now();
    for (auto &book : books) book.clear(demand, supply);
    seconds.push_back(now() - before);
  }
  std::sort(seconds.begin(), seconds.end());
  printf("{\"median\":%.9f,\"volume\":%ld,\"price\":%d}\n", seconds[seconds.size() / 2], long(books[0].volume),
         books[0].clearingPrice);
}
