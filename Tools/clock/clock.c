// A wall clock for tests that is off by the seconds in the file $TWINERGY_TEST_CLOCK, read at every look; preloaded.
// libnats waits by the wall clock and lets the kernel count, so it is given the true one.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double offset(void) {
  const char *path = getenv("TWINERGY_TEST_CLOCK");
  FILE *file = path ? fopen(path, "r") : NULL;
  double seconds = 0;
  if (file) {
    if (fscanf(file, "%lf", &seconds) != 1) seconds = 0;
    fclose(file);
  }
  return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  long result = syscall(SYS_clock_gettime, clock, time);
  Dl_info caller;
  if (result != 0 || clock != CLOCK_REALTIME) return (int)result;
  if (dladdr(__builtin_return_address(0), &caller) && caller.dli_fname && strstr(caller.dli_fname, "libnats"))
    return 0;
  long long nanoseconds = time->tv_nsec + (long long)(offset() * 1e9);
  time->tv_sec += nanoseconds / 1000000000;
  time->tv_nsec = nanoseconds % 1000000000;
  if (time->tv_nsec < 0) {
    time->tv_nsec += 1000000000;
    time->tv_sec -= 1;
  }
  return 0;
}
