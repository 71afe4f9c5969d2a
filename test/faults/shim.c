// Fails the n-th call that writes to, or synchronises, files whose path contains FAULT_PATH; or lets each synchronising
// of them take FAULT_SLEEP_MS. LD_PRELOAD, Linux only.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls = 0;

static int meant(int fd, const char *path) {
  char link[64], name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length < 0) return 0;
  name[length] = 0;
  return strstr(name, path) != NULL;
}

static int slow(int fd) {
  const char *path = getenv("FAULT_PATH"), *sleep = getenv("FAULT_SLEEP_MS");
  if (path && sleep && meant(fd, path)) usleep(1000 * atoi(sleep));
  return 0;
}

static int fails(int fd) {
  const char *path = getenv("FAULT_PATH"), *nth = getenv("FAULT_NTH"), *code = getenv("FAULT_ERRNO");
  if (!path || !nth || !code || !meant(fd, path)) return 0;
  if (__sync_add_and_fetch(&calls, 1) != atol(nth)) return 0;
  dprintf(2, "fault\n");
  errno = atoi(code);
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  return fails(fd) ? -1 : REAL(pwrite64)(fd, bytes, count, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return fails(fd) ? -1 : REAL(pwrite)(fd, bytes, count, at);
}
ssize_t write(int fd, const void *bytes, size_t count) { return fails(fd) ? -1 : REAL(write)(fd, bytes, count); }
int fsync(int fd) { return slow(fd) || fails(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return slow(fd) || fails(fd) ? -1 : REAL(fdatasync)(fd); }
int ftruncate64(int fd, off64_t length) { return fails(fd) ? -1 : REAL(ftruncate64)(fd, length); }
