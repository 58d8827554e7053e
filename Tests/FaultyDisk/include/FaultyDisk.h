#ifndef FAULTY_DISK_H
#define FAULTY_DISK_H

/// How the faulty call fails.
enum faulty_disk_mode {
  /// It does nothing and says that it failed.
  FAULTY_DISK_FAILS = 0,
  /// It does its work and says that it failed.
  FAULTY_DISK_HAPPENS = 1,
  /// It and every later call say that the disk is full, or failed.
  FAULTY_DISK_STAYS = 2,
  /// No call fails. Whenever a file is synced, what it then holds is written to one of its name and "-synced".
  FAULTY_DISK_KEEPS = 3,
};

/// Makes the disk below `directory` fail at its call number `call`, counted from 1 and from now on; 0 fails never.
/// Counted are opens, writes, truncations, syncs, deletions and the mappings of shared memory.
void faulty_disk_arm(const char *directory, int call, enum faulty_disk_mode mode);

/// How many calls there were since the last arming.
int faulty_disk_calls(void);

/// What the call that failed was: "open", "write", "truncate", "sync", "delete", "map"; "" where none has failed.
const char *faulty_disk_failed(void);

#endif
