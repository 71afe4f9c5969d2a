// Sets the wall clock anew at each look at it: an hour on, an hour back, a day, 1970; LD_PRELOAD, Linux only.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

static long looks = 0;

static time_t moved(time_t seconds) {
  static const long jumps[] = {0, 3600, -3600, 86400, -86400, 1};
  long look = __sync_fetch_and_add(&looks, 1) % 7;
  return look == 6 ? 0 : seconds + jumps[look];
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int status = ((__typeof__(&clock_gettime))dlsym(RTLD_NEXT, "clock_gettime"))(clock, time);
  if (status == 0 && clock == CLOCK_REALTIME) time->tv_sec = moved(time->tv_sec);
  return status;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  int status = ((int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday"))(time, zone);
  if (status == 0) time->tv_sec = moved(time->tv_sec);
  return status;
}
