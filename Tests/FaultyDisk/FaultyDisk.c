// A layer between SQLite and the disk that fails on demand: https://sqlite.org/vfs.html. It becomes SQLite's default when
// it is armed first, and leaves files outside of its directory alone.
#include "FaultyDisk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
  const char *name;
  int isWatched;
} File;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char watched[1024];
static int calls, failing;
static enum faulty_disk_mode mode;
static const char *failed = "";
static sqlite3_vfs *disk;
static sqlite3_vfs shim;

/// Counts a call on a watched file: 0 to go on, 1 to fail before, 2 to fail after its work.
static int verdict(int isWatched, const char *what) {
  if (!isWatched) return 0;
  pthread_mutex_lock(&lock);
  calls += 1;
  int fails = failing > 0 && (calls == failing || (mode == FAULTY_DISK_STAYS && calls > failing));
  if (fails && failed[0] == 0) failed = what;
  int result = !fails ? 0 : mode == FAULTY_DISK_HAPPENS ? 2 : 1;
  pthread_mutex_unlock(&lock);
  return result;
}

static int isBelow(const char *path) {
  pthread_mutex_lock(&lock);
  size_t length = strlen(watched);
  int below = path != NULL && length > 0 && strncmp(path, watched, length) == 0;
  pthread_mutex_unlock(&lock);
  return below;
}

#define REAL(file) (((File *)(file))->real)

/// Does `call` unless it fails before; answers `error` if it fails.
#define DO(file, what, error, call)                          \
  do {                                                       \
    int fate = verdict(((File *)(file))->isWatched, what);   \
    if (fate == 1) return error;                             \
    int result = (call);                                     \
    return fate == 2 ? error : result;                       \
  } while (0)

static int closeFile(sqlite3_file *f) {
  int result = REAL(f)->pMethods ? REAL(f)->pMethods->xClose(REAL(f)) : SQLITE_OK;
  sqlite3_free(REAL(f));
  return result;
}
static int readFile(sqlite3_file *f, void *to, int count, sqlite3_int64 at) {
  return REAL(f)->pMethods->xRead(REAL(f), to, count, at);
}
static int writeFile(sqlite3_file *f, const void *from, int count, sqlite3_int64 at) {
  DO(f, "write", mode == FAULTY_DISK_STAYS ? SQLITE_FULL : SQLITE_IOERR_WRITE,
     REAL(f)->pMethods->xWrite(REAL(f), from, count, at));
}
static int truncateFile(sqlite3_file *f, sqlite3_int64 size) {
  DO(f, "truncate", SQLITE_IOERR_TRUNCATE, REAL(f)->pMethods->xTruncate(REAL(f), size));
}

/// Writes what `file` holds now to a file beside it: that much is left of it when the power is cut before its next sync.
static int keepSynced(File *file) {
  sqlite3_int64 size = 0;
  char path[1100];
  snprintf(path, sizeof path, "%s-synced", file->name);
  FILE *copy = fopen(path, "wb");
  int good = copy != NULL && file->real->pMethods->xFileSize(file->real, &size) == SQLITE_OK;
  char *bytes = good ? malloc((size_t)size + 1) : NULL;
  good = bytes != NULL && (size == 0 || file->real->pMethods->xRead(file->real, bytes, (int)size, 0) == SQLITE_OK) &&
         fwrite(bytes, 1, (size_t)size, copy) == (size_t)size;
  free(bytes);
  if (copy != NULL && fclose(copy) != 0) good = 0;
  return good ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}
static int syncFile(sqlite3_file *f, int flags) {
  File *file = (File *)f;
  if (mode == FAULTY_DISK_KEEPS && file->isWatched) {
    int result = file->real->pMethods->xSync(file->real, flags);
    return result == SQLITE_OK ? keepSynced(file) : result;
  }
  DO(f, "sync", SQLITE_IOERR_FSYNC, REAL(f)->pMethods->xSync(REAL(f), flags));
}
static int fileSize(sqlite3_file *f, sqlite3_int64 *size) { return REAL(f)->pMethods->xFileSize(REAL(f), size); }
static int lockFile(sqlite3_file *f, int level) { return REAL(f)->pMethods->xLock(REAL(f), level); }
static int unlockFile(sqlite3_file *f, int level) { return REAL(f)->pMethods->xUnlock(REAL(f), level); }
static int checkLock(sqlite3_file *f, int *out) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out); }
static int control(sqlite3_file *f, int op, void *arg) { return REAL(f)->pMethods->xFileControl(REAL(f), op, arg); }
static int sectorSize(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int character(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int mapShared(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  DO(f, "map", SQLITE_IOERR_SHMMAP, REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, out));
}
static int lockShared(sqlite3_file *f, int offset, int n, int flags) {
  return REAL(f)->pMethods->xShmLock(REAL(f), offset, n, flags);
}
static void barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int unmapShared(sqlite3_file *f, int remove) { return REAL(f)->pMethods->xShmUnmap(REAL(f), remove); }

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = closeFile,
    .xRead = readFile,
    .xWrite = writeFile,
    .xTruncate = truncateFile,
    .xSync = syncFile,
    .xFileSize = fileSize,
    .xLock = lockFile,
    .xUnlock = unlockFile,
    .xCheckReservedLock = checkLock,
    .xFileControl = control,
    .xSectorSize = sectorSize,
    .xDeviceCharacteristics = character,
    .xShmMap = mapShared,
    .xShmLock = lockShared,
    .xShmBarrier = barrier,
    .xShmUnmap = unmapShared,
};

static int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out) {
  (void)vfs;
  File *file = (File *)f;
  memset(file, 0, sizeof *file);
  file->name = name;
  file->isWatched = isBelow(name);
  if (verdict(file->isWatched, "open")) return SQLITE_CANTOPEN;
  file->real = sqlite3_malloc(disk->szOsFile);
  if (file->real == NULL) return SQLITE_NOMEM;
  memset(file->real, 0, (size_t)disk->szOsFile);
  int result = disk->xOpen(disk, name, file->real, flags, out);
  if (result == SQLITE_OK) {
    file->base.pMethods = &methods;
  } else {
    sqlite3_free(file->real);
  }
  return result;
}

static int deleteFile(sqlite3_vfs *vfs, const char *name, int syncs) {
  (void)vfs;
  int fate = verdict(isBelow(name), "delete");
  if (fate == 1) return SQLITE_IOERR_DELETE;
  int result = disk->xDelete(disk, name, syncs);
  return fate == 2 ? SQLITE_IOERR_DELETE : result;
}

static void install(void) {
  disk = sqlite3_vfs_find(NULL);
  shim = *disk;
  shim.zName = "faulty";
  shim.szOsFile = sizeof(File);
  shim.xOpen = openFile;
  shim.xDelete = deleteFile;
  sqlite3_vfs_register(&shim, 1);
}

void faulty_disk_arm(const char *directory, int call, enum faulty_disk_mode how) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  sqlite3_initialize();
  pthread_once(&once, install);
  pthread_mutex_lock(&lock);
  strncpy(watched, directory, sizeof watched - 1);
  calls = 0;
  failing = call;
  mode = how;
  failed = "";
  pthread_mutex_unlock(&lock);
}

int faulty_disk_calls(void) {
  pthread_mutex_lock(&lock);
  int count = calls;
  pthread_mutex_unlock(&lock);
  return count;
}

const char *faulty_disk_failed(void) {
  pthread_mutex_lock(&lock);
  const char *what = failed;
  pthread_mutex_unlock(&lock);
  return what;
}
