#define _GNU_SOURCE
#include "terminal_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* `timeout` sends a signal to the process and again to its group: that is one wish, not two. */
enum { SAME_SIGNAL_MILLISECONDS = 100 };
enum { SEQUENCE_LIMIT = 512, STDERR_LIMIT = 65536 };

struct sequences {
  char enter[SEQUENCE_LIMIT];
  size_t enter_length;
  char leave[SEQUENCE_LIMIT];
  size_t leave_length;
};

static const int quit_signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int fatal_signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
enum { SIGNAL_LIMIT = 65 };

static struct {
  int descriptor;
  int pipe_read;
  int pipe_write;
  struct termios shell_modes;
  struct termios screen_modes;
  struct sigaction former[SIGNAL_LIMIT];
  char was_handled[SIGNAL_LIMIT];
  struct sequences sequences[2];
  atomic_int current_sequences;
  atomic_int is_active;
  atomic_int is_stopped;
  atomic_uint events;
  atomic_int pending;
  atomic_long pending_since;
  atomic_int shell_stderr;
  int aside_stderr;
} state = {.pipe_read = -1, .pipe_write = -1, .shell_stderr = -1, .aside_stderr = -1};

static char alternate_stack[65536];

static void write_all(int descriptor, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    length -= (size_t)written;
  }
}

static int is_in_foreground(void) { return tcgetpgrp(state.descriptor) == getpgrp(); }

/* Standard error of the shell again, with what was held back. */
static void release_stderr(void) {
  int shell = atomic_exchange(&state.shell_stderr, -1);
  if (shell < 0) return;
  dup2(shell, STDERR_FILENO);
  close(shell);
  char buffer[4096];
  off_t offset = 0;
  ssize_t count;
  while (offset < STDERR_LIMIT &&
         (count = pread(state.aside_stderr, buffer, sizeof buffer, offset)) > 0) {
    write_all(STDERR_FILENO, buffer, (size_t)count);
    offset += count;
  }
  if (ftruncate(state.aside_stderr, 0) == 0) lseek(state.aside_stderr, 0, SEEK_SET);
}

static void set_stderr_aside(void) {
  if (!isatty(STDERR_FILENO)) return;
  if (state.aside_stderr < 0)
    state.aside_stderr = memfd_create("convscope-stderr", MFD_CLOEXEC);
  if (state.aside_stderr < 0) return;
  int shell = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (shell < 0) return;
  dup2(state.aside_stderr, STDERR_FILENO);
  atomic_store(&state.shell_stderr, shell);
}

/* Leaves the screen unless that has been done; async-signal-safe. */
static void leave_screen(void) {
  if (!atomic_exchange(&state.is_active, 0)) return;
  if (is_in_foreground()) {
    const struct sequences *bytes = &state.sequences[atomic_load(&state.current_sequences)];
    write_all(state.descriptor, bytes->leave, bytes->leave_length);
    tcsetattr(state.descriptor, TCSANOW, &state.shell_modes);
  }
  release_stderr();
}

static void notify(unsigned events) {
  atomic_fetch_or(&state.events, events);
  const char byte = 0;
  ssize_t ignored = write(state.pipe_write, &byte, 1);
  (void)ignored;
}

/* Ends or stops the process as the signal does when nobody handles it. */
static void act_by_default(int signal) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, NULL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  raise(signal);
}

/* Takes the screen again; async-signal-safe. In the background that stops the process, as for
 * any program that reaches for a terminal it does not have. */
static void reenter_screen(void) {
  if (!is_in_foreground()) act_by_default(SIGTTOU);
  if (!is_in_foreground()) return;
  tcsetattr(state.descriptor, TCSANOW, &state.screen_modes);
  const struct sequences *bytes = &state.sequences[atomic_load(&state.current_sequences)];
  write_all(state.descriptor, bytes->enter, bytes->enter_length);
  set_stderr_aside();
  atomic_store(&state.is_active, 1);
}

static void on_fatal(int signal) {
  leave_screen();
  /* Whoever watched for crashes before does so now, on the shell's screen. */
  if (signal < SIGNAL_LIMIT && state.was_handled[signal] &&
      state.former[signal].sa_handler != SIG_DFL && state.former[signal].sa_handler != SIG_IGN) {
    sigaction(signal, &state.former[signal], NULL);
    raise(signal);
    return;
  }
  act_by_default(signal);
}

static void on_cut_file(int signal) {
  static const char sentence[] =
    "convscope: a file in use (model, atlas or images) was cut short or its disk failed while it was "
    "read; start again once the file is whole.\n";
  write_all(STDERR_FILENO, sentence, sizeof sentence - 1);
  act_by_default(signal);
}

static long milliseconds(void) {
  struct timespec now = {0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static void on_quit(int signal) {
  int saved = errno;
  int none = 0;
  if (atomic_compare_exchange_strong(&state.pending, &none, signal)) {
    atomic_store(&state.pending_since, milliseconds());
  } else if (milliseconds() - atomic_load(&state.pending_since) > SAME_SIGNAL_MILLISECONDS) {
    leave_screen();
    act_by_default(signal);
  }
  notify(0);
  errno = saved;
}

static void on_resize(int signal) {
  (void)signal;
  int saved = errno;
  notify(TS_RESIZED);
  errno = saved;
}

static void handle(int signal, void (*handler)(int), int flags);

static void on_stop(int signal) {
  int saved = errno;
  atomic_store(&state.is_stopped, atomic_load(&state.is_active));
  leave_screen();
  act_by_default(signal); /* The default action of SIGTSTP stops; what follows runs when continued. */
  if (atomic_exchange(&state.is_stopped, 0)) reenter_screen();
  handle(signal, on_stop, SA_RESTART);
  notify(TS_CONTINUED);
  errno = saved;
}

static void on_continue(int signal) {
  (void)signal;
  int saved = errno;
  int was_stopped = atomic_exchange(&state.is_stopped, 0);
  if (was_stopped || atomic_load(&state.is_active)) {
    reenter_screen();
    notify(TS_CONTINUED | TS_RESIZED);
  }
  errno = saved;
}

/* Also lets the signal through: some parents start programs with signals blocked. */
static void handle(int signal, void (*handler)(int), int flags) {
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, state.was_handled[signal] ? NULL : &state.former[signal]);
  state.was_handled[signal] = 1;
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
}

/* As `handle`, unless whoever started the program wants the signal ignored (nohup). */
static void handle_unless_ignored(int signal, void (*handler)(int), int flags) {
  struct sigaction now;
  if (sigaction(signal, NULL, &now) == 0 && now.sa_handler == SIG_IGN) return;
  handle(signal, handler, flags);
}

static void install_handlers(void) {
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&stack, NULL);
  for (size_t i = 0; i < sizeof fatal_signals / sizeof *fatal_signals; i++)
    handle(fatal_signals[i], on_fatal, SA_ONSTACK | SA_NODEFER);
  for (size_t i = 0; i < sizeof quit_signals / sizeof *quit_signals; i++)
    handle_unless_ignored(quit_signals[i], on_quit, SA_RESTART);
  handle_unless_ignored(SIGTSTP, on_stop, SA_RESTART);
  handle(SIGCONT, on_continue, SA_RESTART);
  handle(SIGWINCH, on_resize, SA_RESTART);
}

void ts_explain_cut_files(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_cut_file;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGBUS, &action, NULL);
}

int ts_open(int descriptor) {
  int ends[2];
  if (state.pipe_read >= 0) {
    errno = EBUSY;
    return -1;
  }
  if (tcgetattr(descriptor, &state.shell_modes) != 0) return -1;
  if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
  state.descriptor = descriptor;
  state.screen_modes = state.shell_modes;
  state.pipe_read = ends[0];
  state.pipe_write = ends[1];
  atomic_store(&state.events, 0);
  atomic_store(&state.pending, 0);
  static int has_exit_handler = 0;
  if (!has_exit_handler) has_exit_handler = atexit(ts_close) == 0;
  install_handlers();
  return state.pipe_read;
}

int ts_set_sequences(
  const char *enter, size_t enter_length, const char *leave, size_t leave_length) {
  if (enter_length > SEQUENCE_LIMIT || leave_length > SEQUENCE_LIMIT) return -1;
  /* A handler reads one set while the other is filled. */
  int next = 1 - atomic_load(&state.current_sequences);
  struct sequences *bytes = &state.sequences[next];
  memcpy(bytes->enter, enter, enter_length);
  bytes->enter_length = enter_length;
  memcpy(bytes->leave, leave, leave_length);
  bytes->leave_length = leave_length;
  atomic_store(&state.current_sequences, next);
  return 0;
}

void ts_activate(void) {
  tcgetattr(state.descriptor, &state.screen_modes);
  set_stderr_aside();
  atomic_store(&state.is_active, 1);
}

void ts_deactivate(void) {
  atomic_store(&state.is_active, 0);
  release_stderr();
}

void ts_close(void) {
  if (state.pipe_read < 0) return;
  leave_screen();
  for (int signal = 1; signal < SIGNAL_LIMIT; signal++) {
    if (!state.was_handled[signal]) continue;
    sigaction(signal, &state.former[signal], NULL);
    state.was_handled[signal] = 0;
  }
  close(state.pipe_read);
  close(state.pipe_write);
  state.pipe_read = -1;
  state.pipe_write = -1;
}

unsigned ts_take_events(void) {
  char bytes[64];
  while (state.pipe_read >= 0 && read(state.pipe_read, bytes, sizeof bytes) > 0) {
  }
  return atomic_exchange(&state.events, 0);
}

int ts_pending_signal(void) { return atomic_load(&state.pending); }

void ts_stop(void) { raise(SIGTSTP); }

void ts_end_by(int signal) { act_by_default(signal); }
