#define _GNU_SOURCE
#include "watched_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { WATCHED_LIMIT = 8 };

/* The pipe is never closed: a handler may still be about to write to it. */
static struct {
  int is_begun;
  int pipe_read;
  int pipe_write;
  size_t count;
  int signals[WATCHED_LIMIT];
  struct sigaction former[WATCHED_LIMIT];
} watch = {.pipe_read = -1, .pipe_write = -1};

static void on_watched(int signal) {
  int saved = errno;
  const unsigned char number = (unsigned char)signal;
  ssize_t ignored = write(watch.pipe_write, &number, 1);
  (void)ignored;
  errno = saved;
}

int ws_begin(const int *signals, size_t count) {
  if (watch.is_begun || count > WATCHED_LIMIT) {
    errno = EBUSY;
    return -1;
  }
  if (watch.pipe_read < 0) {
    int ends[2];
    if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    watch.pipe_read = ends[0];
    watch.pipe_write = ends[1];
  }
  /* What came too late for the watch before. */
  unsigned char numbers[64];
  while (read(watch.pipe_read, numbers, sizeof numbers) > 0) {
  }
  watch.is_begun = 1;
  watch.count = 0;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_watched;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigset_t watched;
  sigemptyset(&watched);
  for (size_t i = 0; i < count; i++) {
    struct sigaction former;
    if (sigaction(signals[i], NULL, &former) != 0 || former.sa_handler == SIG_IGN) continue;
    watch.signals[watch.count] = signals[i];
    watch.former[watch.count++] = former;
    sigaction(signals[i], &action, NULL);
    sigaddset(&watched, signals[i]);
  }
  /* Some parents start programs with signals blocked. */
  pthread_sigmask(SIG_UNBLOCK, &watched, NULL);
  return watch.pipe_read;
}

void ws_end(void) {
  for (size_t i = 0; i < watch.count; i++) sigaction(watch.signals[i], &watch.former[i], NULL);
  watch.count = 0;
  watch.is_begun = 0;
}
