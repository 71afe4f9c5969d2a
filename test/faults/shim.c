// Of the calls that write to, or synchronise, files whose path contains FAULT_PATH: fails the n-th, or lets each that
// synchronises take FAULT_SLEEP_MS, or writes all of them, and what is told on standard output, down in FAULT_LOG, in their
// order. LD_PRELOAD, Linux only.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long calls = 0;
static pthread_mutex_t noting = PTHREAD_MUTEX_INITIALIZER;

static int named(int fd, char *name, size_t room) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, room - 1);
  if (length < 0) return 0;
  name[length] = 0;
  return 1;
}

static int meant(int fd, const char *path) {
  char name[4096];
  return named(fd, name, sizeof name) && strstr(name, path) != NULL;
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

// One line a call: what, at which place, how many bytes, which file; then the bytes.
static void put(const char *name, const char *what, const void *bytes, size_t count, long at) {
  const char *log = getenv("FAULT_LOG"), *path = getenv("FAULT_PATH");
  if (!log || !path || (strcmp(name, "-") && !strstr(name, path))) return;
  static int to = -1;
  // what synchronises does so in another thread
  pthread_mutex_lock(&noting);
  if (to < 0) to = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  dprintf(to, "%s %ld %zu %s\n", what, at, bytes ? count : 0, name);
  for (size_t done = 0; bytes && done < count;) {
    ssize_t some = REAL(write)(to, (const char *)bytes + done, count - done);
    if (some <= 0) break;
    done += some;
  }
  pthread_mutex_unlock(&noting);
}

static void note(int fd, const char *what, const void *bytes, size_t count, long at) {
  char name[4096];
  if (fd == 1) put("-", "told", bytes, count, at);
  else if (getenv("FAULT_LOG") && named(fd, name, sizeof name)) put(name, what, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  if (fails(fd)) return -1;
  ssize_t done = REAL(pwrite64)(fd, bytes, count, at);
  if (done > 0) note(fd, "write", bytes, done, at);
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  if (fails(fd)) return -1;
  ssize_t done = REAL(pwrite)(fd, bytes, count, at);
  if (done > 0) note(fd, "write", bytes, done, at);
  return done;
}
ssize_t write(int fd, const void *bytes, size_t count) {
  if (fails(fd)) return -1;
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t done = REAL(write)(fd, bytes, count);
  if (done > 0) note(fd, "write", bytes, done, at);
  return done;
}
int fsync(int fd) {
  if (slow(fd) || fails(fd)) return -1;
  note(fd, "begun", 0, 0, 0);
  int status = REAL(fsync)(fd);
  if (status == 0) note(fd, "sync", 0, 0, 0);
  return status;
}
int fdatasync(int fd) {
  if (slow(fd) || fails(fd)) return -1;
  note(fd, "begun", 0, 0, 0);
  int status = REAL(fdatasync)(fd);
  if (status == 0) note(fd, "sync", 0, 0, 0);
  return status;
}
int ftruncate64(int fd, off64_t length) {
  if (fails(fd)) return -1;
  int status = REAL(ftruncate64)(fd, length);
  if (status == 0) note(fd, "cut", 0, 0, length);
  return status;
}
int unlink(const char *path) {
  put(path, "gone", 0, 0, 0);
  return REAL(unlink)(path);
}
