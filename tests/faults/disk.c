/* Stands between a program and its disk, for files below one folder: records what is
   written, or lets calls fail. Loaded with LD_PRELOAD; told what to do by calls. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096
#define REAL(name) ((__typeof__(&name))real(#name))

enum { KEPT = 1, SYNCED = 2 };
enum { READS, WRITES };

static char root[4096];
static unsigned char kept[FILES];
static int record = -1;
static long calls, fail_at, room = -1;
static int fail_with, for_ever, writes_only;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

void disk_watch(const char *folder, int log) {
    strncpy(root, folder, sizeof root - 1);
    record = log;
    calls = 0;
}

void disk_fail(long at, int with, int ever, int only_writes) {
    calls = 0, fail_at = at, fail_with = with, for_ever = ever;
    writes_only = only_writes;
}

/* Room for so many bytes more; -1 is a disk without end. */
void disk_room(long bytes) { room = bytes; }

long disk_calls(void) { return calls; }

static int is_ours(const char *path) {
    size_t length = strlen(root);
    return length && path && !strncmp(path, root, length) &&
           (!path[length] || path[length] == '/');
}

static int is_kept(int file) { return file >= 0 && file < FILES && kept[file]; }

static int fails(int kind) {
    if (writes_only && kind != WRITES) return 0;
    calls++;
    if (!fail_at || calls < fail_at || (calls > fail_at && !for_ever)) return 0;
    errno = fail_with;
    return 1;
}

static void put(const void *data, size_t size) {
    if (syscall(SYS_write, record, data, size) < 0) _exit(99);
}

static void note(char what, uint64_t node, int64_t at, const char *one,
                 const char *two, const void *data, uint32_t size) {
    if (record < 0) return;
    int before = errno;
    uint16_t names[2] = {one ? strlen(one) : 0, two ? strlen(two) : 0};
    put(&what, 1), put(&node, 8), put(&at, 8), put(&size, 4), put(names, 4);
    put(one, names[0]), put(two, names[1]), put(data, size);
    errno = before;
}

static uint64_t node_of(int file) {
    struct stat found;
    return fstat(file, &found) ? 0 : found.st_ino;
}

static int opened(int file, const char *path, int flags, int was_there) {
    if (file < 0 || file >= FILES || !is_ours(path)) return file;
    kept[file] = KEPT | ((flags & O_SYNC) == O_SYNC ? SYNCED : 0);
    if (!was_there) note('c', node_of(file), 0, path, 0, 0, 0);
    else if (flags & O_TRUNC) note('t', node_of(file), 0, 0, 0, 0, 0);
    return file;
}

static int open_as(const char *name, const char *path, int flags, mode_t mode) {
    int ours = is_ours(path);
    if (ours && fails(flags & O_CREAT ? WRITES : READS)) return -1;
    int was_there = !syscall(SYS_access, path, F_OK);
    int (*open_it)(const char *, int, ...) = real(name);
    return opened(open_it(path, flags, mode), path, flags, was_there);
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) { MODE return open_as("open", path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_as("open64", path, flags, mode); }

int close(int file) {
    if (file >= 0 && file < FILES) kept[file] = 0;
    return syscall(SYS_close, file);
}

ssize_t read(int file, void *data, size_t size) {
    if (is_kept(file) && fails(READS)) return -1;
    return syscall(SYS_read, file, data, size);
}

ssize_t pread(int file, void *data, size_t size, off_t at) {
    if (is_kept(file) && fails(READS)) return -1;
    return syscall(SYS_pread64, file, data, size, at);
}

ssize_t pread64(int file, void *data, size_t size, off64_t at) { return pread(file, data, size, at); }

/* Take room for what a file grows by; a full disk takes what still fits. */
static ssize_t fitting(int file, size_t size, int64_t at) {
    struct stat found;
    if (room < 0 || fstat(file, &found)) return size;
    int64_t grows = at + (int64_t)size - found.st_size;
    if (grows <= 0) return size;
    if (grows > room) {
        int64_t fits = (int64_t)size - (grows - room);
        if (fits <= 0) {
            errno = ENOSPC;
            return -1;
        }
        size = fits, grows = room;
    }
    room -= grows;
    return size;
}

static ssize_t write_at(int file, const void *data, size_t size, int64_t at, int moves) {
    if (fails(WRITES)) return -1;
    ssize_t fits = fitting(file, size, at);
    if (fits < 0) return -1;
    ssize_t done = moves ? syscall(SYS_write, file, data, fits)
                         : syscall(SYS_pwrite64, file, data, fits, at);
    if (done > 0) note('w', node_of(file), at, 0, 0, data, done);
    if (done > 0 && kept[file] & SYNCED) note('s', node_of(file), 0, 0, 0, 0, 0);
    return done;
}

ssize_t write(int file, const void *data, size_t size) {
    if (!is_kept(file)) return syscall(SYS_write, file, data, size);
    int end = fcntl(file, F_GETFL) & O_APPEND;
    return write_at(file, data, size, lseek(file, 0, end ? SEEK_END : SEEK_CUR), 1);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    if (!is_kept(file)) return syscall(SYS_pwrite64, file, data, size, at);
    return write_at(file, data, size, at, 0);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) { return pwrite(file, data, size, at); }

/* Copying within the kernel is not for these files: they are read and written. */
ssize_t sendfile64(int to, int from, off64_t *at, size_t size) {
    if (!is_kept(to)) return syscall(SYS_sendfile, to, from, at, size);
    errno = EINVAL;
    return -1;
}

ssize_t sendfile(int to, int from, off_t *at, size_t size) { return sendfile64(to, from, at, size); }

static int force(int call, int file) {
    if (is_kept(file) && fails(WRITES)) return -1;
    int done = syscall(call, file);
    if (!done && is_kept(file)) note('s', node_of(file), 0, 0, 0, 0, 0);
    return done;
}

int fsync(int file) { return force(SYS_fsync, file); }
int fdatasync(int file) { return force(SYS_fdatasync, file); }

int ftruncate(int file, off_t size) {
    if (is_kept(file) && fails(WRITES)) return -1;
    int done = syscall(SYS_ftruncate, file, size);
    if (!done && is_kept(file)) note('t', node_of(file), size, 0, 0, 0, 0);
    return done;
}

int ftruncate64(int file, off64_t size) { return ftruncate(file, size); }

static int named(int call, char what, const char *one, const char *two) {
    int ours = is_ours(one) || (two && is_ours(two));
    if (ours && fails(WRITES)) return -1;
    int done = two ? syscall(call, one, two) : syscall(call, one);
    if (!done && ours) note(what, 0, 0, one, two, 0, 0);
    return done;
}

int unlink(const char *path) { return named(SYS_unlink, 'u', path, 0); }
int rename(const char *from, const char *to) { return named(SYS_rename, 'r', from, to); }
int link(const char *from, const char *to) { return named(SYS_link, 'l', from, to); }

int mkdir(const char *path, mode_t mode) {
    if (is_ours(path) && fails(WRITES)) return -1;
    return syscall(SYS_mkdir, path, mode);
}

int chmod(const char *path, mode_t mode) {
    if (is_ours(path) && fails(WRITES)) return -1;
    return syscall(SYS_chmod, path, mode);
}

DIR *opendir(const char *path) {
    if (is_ours(path) && fails(READS)) return 0;
    return REAL(opendir)(path);
}

void *mmap64(void *near, size_t size, int allowed, int flags, int file, off64_t at) {
    if (is_kept(file) && fails(READS)) return MAP_FAILED;
    return (void *)syscall(SYS_mmap, near, size, allowed, flags, file, at);
}

void *mmap(void *near, size_t size, int allowed, int flags, int file, off_t at) {
    return mmap64(near, size, allowed, flags, file, at);
}
