/*
 * A layer between the engine and the file system, for tests: loaded with LD_PRELOAD, it writes down every call that
 * changes a file under FAULTS_FOLDER, and can make calls fail.
 *
 *   FAULTS_FOLDER  folder that is watched
 *   FAULTS_LOG     file that the calls are written to, with what they wrote (see faultLayer.ts); none: nothing is
 *   FAULTS_FAIL    N:ERRNO fails the Nth call, N+:ERRNO that one and all later ones; ERRNO is ENOSPC, EIO or EROFS.
 *                  N:EXIT ends the process instead, in the middle of the call where it writes; N+:GONE takes
 *                  the disk away: from then on reading fails too, and no file is found.
 *
 * What is written to standard output goes into the log too: what was said before a call was said before it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OP_WRITE = 1, OP_TRUNCATE, OP_SYNC, OP_CREATE, OP_RENAME, OP_UNLINK, OP_MKDIR, OP_SAY };

static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char folder[PATH_MAX];
static size_t folder_length;
static int log_file = -1;
static long fail_at, calls;
static int fail_errno, fail_later, fail_exit, fail_gone;

__attribute__((constructor)) static void start(void) {
  const char *wanted = getenv("FAULTS_FOLDER");
  if (!wanted || !realpath(wanted, folder)) return;
  folder_length = strlen(folder);
  const char *path = getenv("FAULTS_LOG");
  if (path) log_file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *fail = getenv("FAULTS_FAIL");
  if (fail) {
    char *end;
    fail_at = strtol(fail, &end, 10);
    if (*end == '+') fail_later = 1, end++;
    if (*end == ':') end++;
    if (!strcmp(end, "ENOSPC")) fail_errno = ENOSPC;
    else if (!strcmp(end, "EROFS")) fail_errno = EROFS;
    else if (!strcmp(end, "EXIT")) fail_exit = 1;
    else fail_errno = EIO, fail_gone = !strcmp(end, "GONE");
  }
}

static int watched(const char *path) {
  return folder_length && !strncmp(path, folder, folder_length) &&
         (path[folder_length] == '/' || path[folder_length] == 0);
}

static int path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return watched(path);
}

static int absolute(const char *from, char *path) {
  if (from[0] == '/') snprintf(path, PATH_MAX, "%s", from);
  else {
    if (!getcwd(path, PATH_MAX)) return 0;
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", from);
  }
  return watched(path);
}

static void note(int op, const char *path, const char *other, int64_t offset, const struct iovec *data, int count,
                 size_t length) {
  if (log_file < 0) return;
  struct {
    uint32_t op, path_length, other_length, length;
    int64_t offset;
  } head = {op, strlen(path), strlen(other), length, offset};
  struct iovec parts[64] = {{&head, sizeof head}, {(void *)path, head.path_length}, {(void *)other, head.other_length}};
  int used = 3;
  for (int index = 0; index < count && used < 64 && length > 0; index++) {
    size_t size = data[index].iov_len < length ? data[index].iov_len : length;
    parts[used].iov_base = data[index].iov_base;
    parts[used++].iov_len = size;
    length -= size;
  }
  /* A short write would spoil what follows: the log lies on a disk of its own, and ends the process if it fails. */
  size_t whole = 0;
  for (int index = 0; index < used; index++) whole += parts[index].iov_len;
  if (syscall(SYS_writev, log_file, parts, used) != (long)whole) _exit(99);
}

/* Whether the disk is no longer there. */
static int gone(void) { return fail_gone && calls >= fail_at; }

/* 1 where this call has to fail; errno is set then. */
static int fails(void) {
  calls++;
  if (!fail_at || (fail_later ? calls < fail_at : calls != fail_at)) return 0;
  if (fail_exit) return 2;
  errno = fail_errno;
  return 1;
}

static ssize_t write_parts(int file, const struct iovec *data, int count, int64_t offset, ssize_t (*work)(void *),
                           void *with) {
  char path[PATH_MAX];
  if (file == 1 && log_file >= 0) {
    pthread_mutex_lock(&mutex);
    ssize_t done = work(with);
    if (done > 0) note(OP_SAY, "", "", 0, data, count, done);
    pthread_mutex_unlock(&mutex);
    return done;
  }
  if (!path_of(file, path)) return work(with);
  pthread_mutex_lock(&mutex);
  int failing = fails();
  ssize_t done = -1;
  if (failing == 2) {
    if (count > 0 && offset >= 0)
      syscall(SYS_pwrite64, file, data[0].iov_base, data[0].iov_len / 2, offset);
    _exit(137);
  }
  if (!failing) {
    int64_t at = offset >= 0 ? offset : lseek(file, 0, SEEK_CUR);
    if (offset < 0 && (fcntl(file, F_GETFL) & O_APPEND)) {
      struct stat found;
      if (!fstat(file, &found)) at = found.st_size;
    }
    done = work(with);
    if (done > 0) note(OP_WRITE, path, "", at, data, count, done);
  }
  int kept = errno;
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return done;
}

struct plain { int file; const void *bytes; size_t length; int64_t offset; const struct iovec *parts; int count; };
static ssize_t do_write(void *w) { struct plain *p = w; return syscall(SYS_write, p->file, p->bytes, p->length); }
static ssize_t do_pwrite(void *w) { struct plain *p = w; return syscall(SYS_pwrite64, p->file, p->bytes, p->length, p->offset); }
static ssize_t do_writev(void *w) { struct plain *p = w; return syscall(SYS_writev, p->file, p->parts, p->count); }
static ssize_t do_pwritev(void *w) { struct plain *p = w; return syscall(SYS_pwritev, p->file, p->parts, p->count, (long)p->offset, 0L); }

ssize_t write(int file, const void *bytes, size_t length) {
  struct plain with = {.file = file, .bytes = bytes, .length = length};
  struct iovec part = {(void *)bytes, length};
  return write_parts(file, &part, 1, -1, do_write, &with);
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
  struct plain with = {.file = file, .bytes = bytes, .length = length, .offset = offset};
  struct iovec part = {(void *)bytes, length};
  return write_parts(file, &part, 1, offset, do_pwrite, &with);
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) { return pwrite64(file, bytes, length, offset); }
ssize_t writev(int file, const struct iovec *parts, int count) {
  struct plain with = {.file = file, .parts = parts, .count = count};
  return write_parts(file, parts, count, -1, do_writev, &with);
}
ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t offset) {
  struct plain with = {.file = file, .parts = parts, .count = count, .offset = offset};
  return write_parts(file, parts, count, offset, do_pwritev, &with);
}
ssize_t pwritev(int file, const struct iovec *parts, int count, off_t offset) { return pwritev64(file, parts, count, offset); }

/* A call that names an open file and writes no bytes. */
static int on_file(int op, int file, int64_t offset, long number, long argument) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return syscall(number, file, argument);
  pthread_mutex_lock(&mutex);
  int failing = fails();
  if (failing == 2) _exit(137);
  int done = failing ? -1 : (int)syscall(number, file, argument);
  int kept = errno;
  if (done == 0) note(op, path, "", offset, NULL, 0, 0);
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return done;
}

int ftruncate64(int file, off64_t length) { return on_file(OP_TRUNCATE, file, length, SYS_ftruncate, length); }
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }
int fsync(int file) { return on_file(OP_SYNC, file, 0, SYS_fsync, 0); }
int fdatasync(int file) { return on_file(OP_SYNC, file, 0, SYS_fdatasync, 0); }

/* A call on names. */
static int on_name(int op, const char *path, const char *other, int (*work)(const char *, const char *)) {
  char full[PATH_MAX], second[PATH_MAX] = "";
  if (!absolute(path, full)) return work(path, other);
  if (other[0]) absolute(other, second);
  pthread_mutex_lock(&mutex);
  int failing = fails();
  if (failing == 2) _exit(137);
  int done = failing ? -1 : work(path, other);
  int kept = errno;
  if (done == 0) note(op, full, second, 0, NULL, 0, 0);
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return done;
}

static int do_rename(const char *from, const char *to) { return syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to); }
static int do_unlink(const char *path, const char *none) { (void)none; return syscall(SYS_unlinkat, AT_FDCWD, path, 0); }
static int do_rmdir(const char *path, const char *none) { (void)none; return syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR); }

int rename(const char *from, const char *to) { return on_name(OP_RENAME, from, to, do_rename); }
int unlink(const char *path) { return on_name(OP_UNLINK, path, "", do_unlink); }
int rmdir(const char *path) { return on_name(OP_UNLINK, path, "", do_rmdir); }
int mkdir(const char *path, mode_t mode) {
  char full[PATH_MAX];
  int done;
  if (!absolute(path, full)) return syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  pthread_mutex_lock(&mutex);
  int failing = fails();
  if (failing == 2) _exit(137);
  done = failing ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  int kept = errno;
  if (done == 0) note(OP_MKDIR, full, "", 0, NULL, 0, 0);
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return done;
}

ssize_t pread64(int file, void *bytes, size_t length, off64_t offset) {
  char path[PATH_MAX];
  if (gone() && path_of(file, path)) return errno = EIO, -1;
  return syscall(SYS_pread64, file, bytes, length, offset);
}
ssize_t pread(int file, void *bytes, size_t length, off_t offset) { return pread64(file, bytes, length, offset); }

static int open_file(const char *path, int flags, mode_t mode) {
  char full[PATH_MAX];
  if (gone() && absolute(path, full)) return errno = ENOENT, -1;
  if (!(flags & (O_CREAT | O_TRUNC)) || !absolute(path, full)) return syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  pthread_mutex_lock(&mutex);
  struct stat found;
  int there = !stat(full, &found);
  int failing = there && !(flags & O_TRUNC) ? 0 : fails();
  if (failing == 2) _exit(137);
  int file = failing ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  int kept = errno;
  if (file >= 0 && !there) note(OP_CREATE, full, "", 0, NULL, 0, 0);
  if (file >= 0 && there && (flags & O_TRUNC) && found.st_size > 0) note(OP_TRUNCATE, full, "", 0, NULL, 0, 0);
  pthread_mutex_unlock(&mutex);
  errno = kept;
  return file;
}

#define MODE(flags) mode_t mode = 0; if ((flags) & O_CREAT) { va_list more; va_start(more, flags); mode = va_arg(more, int); va_end(more); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_file(path, flags | O_LARGEFILE, mode); }
int open(const char *path, int flags, ...) { MODE(flags) return open_file(path, flags, mode); }
