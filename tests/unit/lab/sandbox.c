/* sandbox.c - what the walls refuse and what they let through, tried one by one.   SPDX-License-Identifier: MIT */
#include "lab/sandbox.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char folder[64], inside[96], outside[64], link_out[96];

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void open_folder(void)
{
    strcpy(folder, "/tmp/derny-walls-XXXXXX");
    strcpy(outside, "/tmp/derny-outside-XXXXXX");
    cr_assert(mkdtemp(folder));
    close(mkstemp(outside));
    snprintf(inside, sizeof inside, "%s/data.csv", folder);
    snprintf(link_out, sizeof link_out, "%s/link", folder);
    write_file(inside, "1,2\n");
    write_file(outside, "secret\n");
    cr_assert_eq(symlink(outside, link_out), 0);
}

static void remove_folder(void)
{
    unlink(inside);
    unlink(link_out);
    unlink(outside);
    rmdir(folder);
}

TestSuite(sandbox, .init = open_folder, .fini = remove_folder, .timeout = 120);

enum { NOT_WALLED = 99 };

/* Runs `attempt` behind the walls, in a child; its wait status. */
static int behind_walls(int (*attempt)(void), int64_t address_space)
{
    pid_t pid = fork();
    if (pid == 0) {
        const char *const folders[] = { "/no/such/folder", folder, NULL };
        dy_walls walls = { .folders = folders, .address_space = address_space };
        dy_error err;
        if (!dy_sandbox_enter(&walls, &err)) {
            fprintf(stderr, "%s\n", err.text);
            _exit(NOT_WALLED);
        }
        _exit(attempt());
    }
    int status = -1;
    waitpid(pid, &status, 0);
    return status;
}

/* --- what must fail: each returns 0 when it was refused --------------------------------------------------------- */

static int refused(long result)
{
    return result == -1 && (errno == EPERM || errno == EACCES || errno == ENOSYS) ? 0 : 1;
}

static int try_exec(void)
{
    char name[] = "true";
    char *const args[] = { name, NULL };
    return refused(execv("/bin/true", args)) || refused(execv(inside, args));
}

static int try_fork(void)
{
    return refused(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)) || refused(syscall(SYS_vfork)) ||
           refused(syscall(SYS_clone3, NULL, 0));
}

static int try_socket(void)
{
    int pair[2];
    return refused(socket(AF_INET, SOCK_STREAM, 0)) ||
           refused(socket(AF_UNIX, SOCK_STREAM, 0)) ||
           refused(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
}

static int try_write_modes(void)
{
    static const int flags[] = { O_WRONLY,           O_RDWR,   O_RDONLY | O_TRUNC,
                                 O_RDONLY | O_CREAT, O_APPEND, O_TMPFILE | O_RDWR };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (refused(open(inside, flags[i], 0600))) return (int)i + 1;
        if (refused(syscall(SYS_open, inside, flags[i], 0600))) return (int)i + 11;
    }
    uint64_t how[3] = { O_RDWR, 0, 0 };
    return refused(syscall(SYS_openat2, AT_FDCWD, inside, how, sizeof how));
}

static int try_create(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/new", folder);
    return refused(open(path, O_WRONLY | O_CREAT, 0600)) || refused(creat(path, 0600)) ||
           refused(mkdir(path, 0700)) || refused(symlink("x", path)) ||
           refused(link(inside, path)) || refused(mkfifo(path, 0600));
}

static int try_change(void)
{
    return refused(unlink(inside)) || refused(rename(inside, outside)) ||
           refused(truncate(inside, 0)) || refused(chmod(inside, 0777)) ||
           refused(chdir("/")) || refused(chroot("/")) || refused(rmdir(folder));
}

static int try_others(void)
{
    int other = (int)getppid();
    char byte;
    return refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL)) || refused(kill(other, SIGTERM)) ||
           refused(syscall(SYS_tgkill, other, other, 0)) ||
           refused(syscall(SYS_tkill, other, 0)) ||
           refused(syscall(SYS_process_vm_readv, other, &byte, 1, &byte, 1, 0)) ||
           refused(syscall(SYS_pidfd_open, other, 0)) ||
           refused(syscall(SYS_rt_sigqueueinfo, other, SIGTERM, NULL));
}

static int try_owning_signals(void)
{
    return refused(fcntl(2, F_SETOWN, getppid())) || refused(fcntl(2, F_SETFL, O_ASYNC)) ||
           refused(fcntl(2, F_DUPFD, 50));
}

static int try_typing(void)
{
    char x = 'x';
    return refused(ioctl(0, TIOCSTI, &x)) || refused(ioctl(2, TIOCSTI, &x));
}

static int try_code(void)
{
    int rwx = PROT_READ | PROT_WRITE | PROT_EXEC;
    void *at = mmap(NULL, 4096, rwx, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at != MAP_FAILED) return 1;
    at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return 2;
    return refused(mprotect(at, 4096, PROT_READ | PROT_EXEC)) ||
           refused(syscall(SYS_pkey_mprotect, at, 4096, PROT_READ | PROT_EXEC, -1));
}

static int try_kernel(void)
{
    return refused(syscall(SYS_memfd_create, "x", 0)) ||
           refused(syscall(SYS_io_uring_setup, 8, NULL)) ||
           refused(syscall(SYS_bpf, 0, NULL, 0)) || refused(syscall(SYS_userfaultfd, 0)) ||
           refused(syscall(SYS_perf_event_open, NULL, 0, 0, 0, 0)) ||
           refused(syscall(SYS_unshare, CLONE_NEWUSER)) || refused(syscall(SYS_keyctl, 0, 0)) ||
           refused(syscall(SYS_mount, "a", "b", "c", 0, NULL));
}

static int try_limits(void)
{
    struct rlimit more = { .rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY };
    return refused(setrlimit(RLIMIT_FSIZE, &more)) ||
           refused(setrlimit(RLIMIT_NOFILE, &more)) || refused(prctl(PR_SET_PDEATHSIG, 0)) ||
           refused(prctl(PR_SET_DUMPABLE, 1));
}

static int try_reading_outside(void)
{
    char up[128];
    snprintf(up, sizeof up, "%s/../%s", folder, strrchr(outside, '/') + 1);
    return refused(open("/etc/passwd", O_RDONLY)) || refused(open(outside, O_RDONLY)) ||
           refused(open(up, O_RDONLY)) || refused(open(link_out, O_RDONLY)) ||
           refused(open("/proc/self/environ", O_RDONLY)) || refused(open("/", O_RDONLY));
}

Test(sandbox, refuses)
{
    static const struct {
        const char *what;
        int (*attempt)(void);
    } cases[] = {
        { "execve", try_exec },
        { "a process", try_fork },
        { "a socket", try_socket },
        { "opening for writing", try_write_modes },
        { "making files", try_create },
        { "changing files", try_change },
        { "other processes", try_others },
        { "signals by way of a descriptor", try_owning_signals },
        { "typing into the terminal", try_typing },
        { "new code", try_code },
        { "what the kernel has besides", try_kernel },
        { "other limits", try_limits },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int status = behind_walls(cases[i].attempt, 0);
        cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s: status %x", cases[i].what,
                  (unsigned)status);
    }
    cr_expect_eq(access(inside, F_OK), 0, "all is still there");
    cr_expect_eq(access(outside, F_OK), 0, "all is still there");
}

Test(sandbox, holds_reading_to_the_folders_where_the_kernel_can)
{
    bool walled = dy_sandbox_walls_files();
    fprintf(stderr, "landlock: %s\n", walled ? "yes" : "no, files are not walled");
    int status = behind_walls(try_reading_outside, 0);
    cr_assert(WIFEXITED(status));
    cr_assert_eq(WEXITSTATUS(status) == 0, walled);
}

/* --- what must work: each returns 0 when it did ----------------------------------------------------------------- */

static int can_read(void)
{
    char line[16] = "";
    FILE *file = fopen(inside, "r");
    if (!file || !fgets(line, sizeof line, file) || strcmp(line, "1,2\n") != 0) return 1;
    if (fseek(file, 0, SEEK_END) || ftell(file) != 4 || fclose(file)) return 2;
    DIR *names = opendir(folder);
    if (!names || !readdir(names) || closedir(names)) return 3;
    struct stat info;
    char target[64];
    if (stat(inside, &info) || readlink(link_out, target, sizeof target) < 0) return 4;
    int fd = open(inside, O_RDONLY | O_CLOEXEC);
    void *at = mmap(NULL, 4, PROT_READ, MAP_PRIVATE, fd, 0);
    return at == MAP_FAILED || memcmp(at, "1,2\n", 4) != 0 ? 5 : 0;
}

static int can_take_memory(void)
{
    for (size_t n = 1; n < 256u << 20; n *= 4) {
        char *bytes = malloc(n);
        if (!bytes) return 1;
        memset(bytes, 1, n);
        bytes = realloc(bytes, 2 * n);
        if (!bytes) return 2;
        free(bytes);
    }
    return 0;
}

static void *work(void *argument)
{
    *(int *)argument = 1;
    return NULL;
}

static int can_have_threads(void)
{
    for (int i = 0; i < 4; i++) {
        pthread_t thread;
        int done = 0;
        if (pthread_create(&thread, NULL, work, &done)) return 1;
        if (pthread_join(thread, NULL) || !done) return 2;
    }
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) || sched_yield() ? 3 : 0;
}

static int can_tell_time(void)
{
    struct timespec now, little = { .tv_nsec = 1000 };
    return clock_gettime(CLOCK_MONOTONIC, &now) || nanosleep(&little, NULL) || time(NULL) <= 0;
}

static volatile sig_atomic_t caught;

static void on_signal(int signal)
{
    caught = signal;
}

static int can_handle_signals(void)
{
    signal(SIGUSR1, on_signal);
    raise(SIGUSR1);
    return caught == SIGUSR1 ? 0 : 1;
}

static int can_write_what_is_open(void)
{
    return fprintf(stderr, "%s", "") < 0 || write(STDERR_FILENO, "", 0) != 0;
}

Test(sandbox, lets_work)
{
    static const struct {
        const char *what;
        int (*attempt)(void);
    } cases[] = {
        { "reading", can_read },
        { "memory", can_take_memory },
        { "threads", can_have_threads },
        { "time", can_tell_time },
        { "signals", can_handle_signals },
        { "writing to what is open", can_write_what_is_open },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int status = behind_walls(cases[i].attempt, INT64_C(1) << 30);
        cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s: status %x", cases[i].what,
                  (unsigned)status);
    }
}

static int do_abort(void)
{
    signal(SIGABRT, SIG_DFL);
    abort();
}

Test(sandbox, lets_a_process_end_itself)
{
    int status = behind_walls(do_abort, 0);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, "status %x",
              (unsigned)status);
    cr_assert_not(WCOREDUMP(status));
}

/* Nothing limits a sanitizer's shadow. */
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__

static int take_too_much(void)
{
    enum { PIECE = 1 << 20, MOST = 256 };

    int n = 0;
    while (n < MOST &&
           mmap(NULL, PIECE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
        n++;
    return n < MOST ? n : 0;
}

Test(sandbox, limits_memory)
{
    int status = behind_walls(take_too_much, 64 << 20);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) <= 64 && WEXITSTATUS(status) >= 32,
              "status %x", (unsigned)status);
    status = behind_walls(take_too_much, 0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", (unsigned)status);
}

#endif

Test(sandbox, a_single_file_can_be_let_in)
{
    pid_t pid = fork();
    if (pid == 0) {
        const char *const files[] = { inside, NULL };
        dy_error err;
        if (!dy_sandbox_enter(&(dy_walls){ .folders = files }, &err)) _exit(NOT_WALLED);
        _exit(open(inside, O_RDONLY) < 0 ? 1 : 0);
    }
    int status = -1;
    waitpid(pid, &status, 0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", (unsigned)status);
}

static int write_long_file(void)
{
    return write(STDOUT_FILENO, "x", 1) == 1 ? 1 : errno != EFBIG;
}

Test(sandbox, a_regular_file_that_is_open_does_not_grow)
{
    int fd = open(inside, O_WRONLY | O_APPEND);
    int before = dup(STDOUT_FILENO);
    signal(SIGXFSZ, SIG_IGN);
    dup2(fd, STDOUT_FILENO);
    int status = behind_walls(write_long_file, 0);
    dup2(before, STDOUT_FILENO);
    close(fd);
    close(before);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", (unsigned)status);
}
