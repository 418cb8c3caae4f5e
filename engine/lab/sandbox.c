/* sandbox.c - rlimits, landlock, seccomp, in this order: each leaves the next one possible.
 *
 * The filter is a list of what the lab needs; all else fails with EPERM, which honest code reports and dishonest
 * code gains nothing from.
 *
 * SPDX-License-Identifier: MIT */
#include "lab/sandbox.h"

#include <seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- rlimits --------------------------------------------------------------------------------------------------- */

enum { MOST_FILES = 64 };

/* AddressSanitizer and ThreadSanitizer map terabytes for their shadow. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { SANITIZED = 1 };
#elif defined __has_feature
enum { SANITIZED = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) };
#else
enum { SANITIZED = 0 };
#endif

static bool limit(int resource, const char *name, rlim_t most, dy_error *err)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)resource, &now) == 0) {
        if (most > now.rlim_max) most = now.rlim_max;
        struct rlimit to = { .rlim_cur = most, .rlim_max = most };
        if (setrlimit((__rlimit_resource_t)resource, &to) == 0) return true;
    }
    return dy_fail(err, "cannot limit %s (%s)", name, strerror(errno));
}

/* Bytes of address space in use, or 0 when the kernel does not say. */
static int64_t mapped_now(void)
{
    char text[64];
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    int64_t pages = 0;
    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++)
        pages = 10 * pages + (text[i] - '0');
    return pages * sysconf(_SC_PAGESIZE);
}

static bool limit_resources(const dy_walls *walls, dy_error *err)
{
    if (!limit(RLIMIT_CORE, "core files", 0, err)) return false;
    if (!limit(RLIMIT_FSIZE, "file sizes", 0, err)) return false;
    if (!limit(RLIMIT_NOFILE, "open files", MOST_FILES, err)) return false;
    if (walls->address_space == 0 || SANITIZED) return true;
    int64_t mapped = mapped_now();
    if (mapped == 0) return dy_fail(err, "cannot limit memory (/proc/self/statm is not there)");
    return limit(RLIMIT_AS, "memory", (rlim_t)(mapped + walls->address_space), err);
}

/* --- landlock, which has no functions in the C library --------------------------------------------------------- */

static const uint64_t may_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/* What the first version knows. What later ones add (truncating, device ioctls, sockets) the filter refuses. */
static const uint64_t all_access =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

bool dy_sandbox_walls_files(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static bool let_read(int rules, const char *path, dy_error *err)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) return true; /* passed over */
    struct stat info;
    bool is_folder = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
    struct landlock_path_beneath_attr rule = {
        .allowed_access = is_folder ? may_read : LANDLOCK_ACCESS_FS_READ_FILE,
        .parent_fd = fd,
    };
    long failed = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int reason = errno;
    close(fd);
    return !failed || dy_fail(err, "cannot let %s be read (%s)", path, strerror(reason));
}

static bool wall_files(const char *const *folders, dy_error *err)
{
    if (!dy_sandbox_walls_files()) return true;
    struct landlock_ruleset_attr attr = { .handled_access_fs = all_access };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (rules < 0) return dy_fail(err, "cannot make landlock rules (%s)", strerror(errno));
    bool ok = true;
    for (int i = 0; ok && folders && folders[i]; i++) ok = let_read(rules, folders[i], err);
    if (ok && syscall(SYS_landlock_restrict_self, rules, 0))
        ok = dy_fail(err, "cannot put up landlock rules (%s)", strerror(errno));
    close(rules);
    return ok;
}

/* --- seccomp --------------------------------------------------------------------------------------------------- */

/* Harmless whatever their arguments, given that nothing can be opened for writing. Kinds of a call that this machine
 * does not have are passed over by libseccomp. */
static const int allowed[] = {
    /* memory */
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    /* files that are open, and what is where */
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(_llseek),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(stat),
    SCMP_SYS(stat64),
    SCMP_SYS(lstat),
    SCMP_SYS(lstat64),
    SCMP_SYS(newfstatat),
    SCMP_SYS(fstatat64),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(fadvise64),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    /* time */
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrusage),
    SCMP_SYS(times),
    /* threads and signals of this process */
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    /* who and where am I */
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrlimit),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrandom),
};

/* Allowed while one argument, under a mask, has one value. */
struct narrow {
    int call;
    unsigned argument;
    uint64_t mask, value;
};

enum { WRITES = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY) };

static const struct narrow narrowed[] = {
    { SCMP_SYS(open), 1, WRITES, O_RDONLY },
    { SCMP_SYS(openat), 2, WRITES, O_RDONLY },
    /* no code but what was loaded before */
    { SCMP_SYS(mmap), 2, PROT_EXEC, 0 },
    { SCMP_SYS(mmap2), 2, PROT_EXEC, 0 },
    { SCMP_SYS(mprotect), 2, PROT_EXEC, 0 },
    /* threads, not processes */
    { SCMP_SYS(clone), 0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM },
    /* F_SETOWN would have the kernel signal the desk */
    { SCMP_SYS(fcntl), 1, UINT32_MAX, F_GETFL },
    { SCMP_SYS(fcntl), 1, UINT32_MAX, F_GETFD },
    { SCMP_SYS(fcntl), 1, UINT32_MAX, F_SETFD },
    { SCMP_SYS(fcntl64), 1, UINT32_MAX, F_GETFL },
    { SCMP_SYS(fcntl64), 1, UINT32_MAX, F_GETFD },
    { SCMP_SYS(fcntl64), 1, UINT32_MAX, F_SETFD },
    /* TIOCSTI would type into the terminal */
    { SCMP_SYS(ioctl), 1, UINT32_MAX, TCGETS },
    { SCMP_SYS(prctl), 0, UINT32_MAX, PR_SET_NAME },
    /* asks for limits, sets none */
    { SCMP_SYS(prlimit64), 2, UINT64_MAX, 0 },
};

static int add_rules(scmp_filter_ctx filter)
{
    int failed = 0;
    for (size_t i = 0; !failed && i < sizeof allowed / sizeof *allowed; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    for (size_t i = 0; !failed && i < sizeof narrowed / sizeof *narrowed; i++) {
        const struct narrow *n = &narrowed[i];
        struct scmp_arg_cmp when = { n->argument, SCMP_CMP_MASKED_EQ, n->mask, n->value };
        failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, n->call, 1, &when);
    }
    struct scmp_arg_cmp self = { 0, SCMP_CMP_EQ, (uint64_t)getpid(), 0 };
    if (!failed)
        failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &self);
    if (failed) return failed;
    /* its flags lie in memory, where no filter sees them; the C library then takes clone */
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

static bool filter_calls(dy_error *err)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter) return dy_fail(err, "cannot make a seccomp filter");
    int failed = add_rules(filter);
    if (!failed)
        failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (!failed) failed = seccomp_load(filter);
    seccomp_release(filter);
    return !failed || dy_fail(err,
                              "cannot put up a seccomp filter (%s); a script runs only behind "
                              "one: the kernel or container has to allow it",
                              strerror(-failed));
}

bool dy_sandbox_enter(const dy_walls *walls, dy_error *err)
{
    if (!limit_resources(walls, err)) return false;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return dy_fail(err, "cannot set no_new_privs (%s)", strerror(errno));
    return wall_files(walls->folders, err) && filter_calls(err);
}
