/*
 * What the tests need that POSIX and Windows do differently: processes, threads, sockets, folders. Threads have POSIX's names on
 * both, so that the tests read the same. A test about something that Windows has nothing of (forks, signals) is left out there
 * by its own file.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#ifdef _WIN32
/* Windows 7, the oldest that the library runs on. */
#undef _WIN32_WINNT
#define _WIN32_WINNT 0x0601
#include <winsock2.h>
#include <windows.h>

#include <direct.h>
#include <process.h>
/* Its functions by the names that need no library but the kernel's. */
#define PSAPI_VERSION 2
#include <psapi.h>
#else
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define UNUSED __attribute__((unused))

/* Room for the path of a folder for tests. */
#define FOLDER_ROOM 300

/* What a part of a program was given when it was started apart. */
static UNUSED char given[FOLDER_ROOM] = "";

/* How the last process that was started apart ended, in words. */
static UNUSED char ending[60];

/* As a program's first argument: run only the test or part that the second one names, in this process, given the third one. */
#define APART "--apart"

#ifdef _WIN32

/*
 * Runs a part of this program in a process of its own, and waits for its end, but no longer than `patience_s`. Gives its exit
 * status, or -1 if it crashed or hung. Without fork, this is the whole program once more, which finds the part by its name.
 */
static UNUSED int apart(const char *name, void (*run)(void), const char *what, int patience_s)
{
    char program[MAX_PATH];
    char command[MAX_PATH + 600];
    STARTUPINFOA startup;
    PROCESS_INFORMATION process;
    DWORD status = 0;

    (void)run;
    fflush(NULL);
    /* Inherited: after a crash, nobody is there to press a button. */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    GetModuleFileNameA(NULL, program, sizeof program);
    snprintf(command, sizeof command, "\"%s\" " APART " %s \"%s\"", program, name, what);
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    if (!CreateProcessA(program, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process)) {
        snprintf(ending, sizeof ending, "not started: error %lu", GetLastError());
        return -1;
    }
    CloseHandle(process.hThread);
    if (WaitForSingleObject(process.hProcess, (DWORD)patience_s * 1000) != WAIT_OBJECT_0) {
        TerminateProcess(process.hProcess, 1);
        strcpy(ending, "hangs");
    } else {
        GetExitCodeProcess(process.hProcess, &status);
        /* Where nobody handled an exception, it is the status: C0000005 is an access violation. */
        snprintf(ending, sizeof ending, status >= 0x80000000 ? "exception %lX" : "status %lu", status);
    }
    CloseHandle(process.hProcess);
    return strncmp(ending, "status", 6) == 0 ? (int)status : -1;
}

static UNUSED void sleep_ms(long ms)
{
    Sleep((DWORD)ms);
}

static UNUSED long random(void)
{
    return (long)rand() << 15 ^ rand(); /* 15 bits each */
}

/*
 * Threads. There is winpthreads, but its stacks are never smaller than the program's own, and one test is about threads that
 * have little.
 */
typedef struct {
    HANDLE handle;
    DWORD id;
} pthread_t;

typedef struct {
    size_t stack;
} pthread_attr_t;

typedef struct {
    void *(*run)(void *);
    void *argument;
    size_t stack; /* 0: as much as there is */
} beginning_of_thread;

static UNUSED DWORD WINAPI run_thread(LPVOID from)
{
    beginning_of_thread begin = *(beginning_of_thread *)from;
    MEMORY_BASIC_INFORMATION here;
    size_t left;

    free(from);
    VirtualQuery(&begin, &here, sizeof here);
    left = (size_t)((char *)&begin - (char *)here.AllocationBase);
    if (begin.stack > 0 && left > begin.stack) {
        /* Wine's threads have 1 MiB at least. */
        volatile char *surplus = _alloca(left - begin.stack);

        surplus[0] = 0;
    }
    begin.run(begin.argument);
    return 0;
}

static UNUSED int pthread_attr_init(pthread_attr_t *attributes)
{
    attributes->stack = 0;
    return 0;
}

static UNUSED int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size)
{
    attributes->stack = size;
    return 0;
}

static UNUSED int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument)
{
    beginning_of_thread *begin = malloc(sizeof *begin);

    if (begin == NULL) {
        return ENOMEM;
    }
    begin->run = run;
    begin->argument = argument;
    begin->stack = attributes != NULL ? attributes->stack : 0;
    thread->handle = CreateThread(NULL, begin->stack, run_thread, begin, STACK_SIZE_PARAM_IS_A_RESERVATION, &thread->id);
    return thread->handle != NULL ? 0 : EAGAIN;
}

static UNUSED int pthread_join(pthread_t thread, void **result)
{
    (void)result;
    WaitForSingleObject(thread.handle, INFINITE);
    CloseHandle(thread.handle);
    return 0;
}

static UNUSED pthread_t pthread_self(void)
{
    pthread_t thread = {NULL, 0};

    thread.id = GetCurrentThreadId();
    return thread;
}

static UNUSED int pthread_equal(pthread_t one, pthread_t other)
{
    return one.id == other.id;
}

/* For one meeting. */
typedef struct {
    volatile LONG missing;
} pthread_barrier_t;

static UNUSED int pthread_barrier_init(pthread_barrier_t *barrier, const void *attributes, unsigned count)
{
    (void)attributes;
    barrier->missing = (LONG)count;
    return 0;
}

static UNUSED int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    InterlockedDecrement(&barrier->missing);
    while (barrier->missing > 0) {
        Sleep(1);
    }
    return 0;
}

/* Libraries loaded at run time. */
#define RTLD_NOW 0
#define RTLD_LOCAL 0
#define RTLD_NOLOAD 1

static UNUSED void *dlopen(const char *path, int flags)
{
    HMODULE library = NULL;

    if (flags & RTLD_NOLOAD) {
        GetModuleHandleExA(0, path, &library);
        return library;
    }
    return LoadLibraryA(path);
}

static UNUSED void *dlsym(void *library, const char *name)
{
    return (void *)(uintptr_t)GetProcAddress(library, name);
}

static UNUSED int dlclose(void *library)
{
    return FreeLibrary(library) ? 0 : -1;
}

static UNUSED const char *dlerror(void)
{
    static char error[40];

    sprintf(error, "error %lu", GetLastError());
    return error;
}

typedef SOCKET wire;
#define NO_WIRE INVALID_SOCKET

static UNUSED wire new_wire(void)
{
    WSADATA version;

    WSAStartup(MAKEWORD(2, 2), &version); /* as often as one likes */
    return socket(AF_INET, SOCK_STREAM, 0);
}

static UNUSED void close_wire(wire wire)
{
    closesocket(wire);
}

/* Makes a folder for files of a test, whose path can stand in JSON as it is; to be removed with rmdir. Gives 0 on failure. */
static UNUSED int make_folder_at(char *path)
{
    static int number = 0;
    char *at;

    if (GetTempPathA(FOLDER_ROOM - 50, path) == 0) {
        return 0;
    }
    for (at = path; *at != '\0'; at++) {
        if (*at == '\\') {
            *at = '/';
        }
    }
    sprintf(at, "finaut-test-%lu-%lu-%d", GetCurrentProcessId(), GetTickCount(), number++);
    return _mkdir(path) == 0;
}

/* A file that is gone when it is closed. */
static UNUSED int nameless_file(void)
{
    char folder[FOLDER_ROOM];
    char path[FOLDER_ROOM + 20];

    GetTempPathA(sizeof folder, folder);
    snprintf(path, sizeof path, "%s/finaut-test-%lu-%lu", folder, GetCurrentProcessId(), GetTickCount());
    return _open(path, _O_RDWR | _O_CREAT | _O_EXCL | _O_TEMPORARY | _O_BINARY, _S_IREAD | _S_IWRITE);
}

/* How many handles the process has: of files, sockets, threads and all else. Wine does not count them itself. */
static UNUSED int open_handles(void)
{
    uintptr_t handle;
    DWORD flags;
    int open = 0;

    for (handle = 4; handle < 4 * 1024; handle += 4) {
        open += GetHandleInformation((HANDLE)handle, &flags) != 0;
    }
    return open;
}

/* What the process takes of the machine's memory, in KiB; 0 if that cannot be told. */
static UNUSED long size_kib(void)
{
    PROCESS_MEMORY_COUNTERS size;

    return GetProcessMemoryInfo(GetCurrentProcess(), &size, sizeof size) ? (long)(size.PagefileUsage / 1024) : 0;
}

/*
 * Puts a function in the place of one that the library imports; under ELF, having its name is enough. Gives how often the
 * library imports it.
 */
static UNUSED int replace_import(const char *name, void (*function)(void))
{
    char *library = (char *)GetModuleHandleA("finaut.dll");
    const IMAGE_NT_HEADERS *headers = (void *)(library + ((IMAGE_DOS_HEADER *)library)->e_lfanew);
    const IMAGE_IMPORT_DESCRIPTOR *from =
        (void *)(library + headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress);
    int places = 0;

    for (; from->Name != 0; from++) {
        const IMAGE_THUNK_DATA *named = (void *)(library + from->OriginalFirstThunk);
        IMAGE_THUNK_DATA *place = (void *)(library + from->FirstThunk);

        for (; named->u1.AddressOfData != 0; named++, place++) {
            DWORD protection;

            if (!IMAGE_SNAP_BY_ORDINAL(named->u1.Ordinal) &&
                strcmp(((IMAGE_IMPORT_BY_NAME *)(library + named->u1.AddressOfData))->Name, name) == 0 &&
                VirtualProtect(place, sizeof *place, PAGE_READWRITE, &protection)) {
                place->u1.Function = (ULONG_PTR)function;
                VirtualProtect(place, sizeof *place, protection, &protection);
                places++;
            }
        }
    }
    return places;
}

#else /* POSIX: the same functions */

static UNUSED int apart(const char *name, void (*run)(void), const char *what, int patience_s)
{
    int status = 0;
    pid_t child;

    (void)name;
    fflush(NULL);
    child = fork();
    if (child == 0) {
        alarm((unsigned)patience_s);
        snprintf(given, sizeof given, "%s", what);
        run();
        exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        snprintf(ending, sizeof ending, "not started: %s", strerror(errno));
        return -1;
    }
    if (WIFSIGNALED(status)) {
        snprintf(ending, sizeof ending, "%s", WTERMSIG(status) == SIGALRM ? "hangs" : strsignal(WTERMSIG(status)));
        return -1;
    }
    snprintf(ending, sizeof ending, "status %d", WEXITSTATUS(status));
    return WEXITSTATUS(status);
}

static UNUSED void sleep_ms(long ms)
{
    struct timespec time;

    time.tv_sec = ms / 1000;
    time.tv_nsec = ms % 1000 * 1000000;
    nanosleep(&time, NULL);
}

typedef int wire;
#define NO_WIRE (-1)

static UNUSED wire new_wire(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static UNUSED void close_wire(wire wire)
{
    close(wire);
}

static UNUSED int make_folder_at(char *path)
{
    strcpy(path, "/tmp/finaut-test-XXXXXX");
    return mkdtemp(path) != NULL;
}

static UNUSED int nameless_file(void)
{
    char name[] = "/tmp/finaut-test-XXXXXX";
    int file = mkstemp(name);

    if (file >= 0) {
        unlink(name);
    }
    return file;
}

static UNUSED int open_handles(void)
{
    int fd;
    int open = 0;

    for (fd = 0; fd < 1024; fd++) {
        open += fcntl(fd, F_GETFD) != -1;
    }
    return open;
}

static UNUSED long size_kib(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long all = 0;
    long resident = 0;

    if (file == NULL || fscanf(file, "%ld %ld", &all, &resident) != 2) {
        return 0;
    }
    fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

#endif

/* A connection to a port of this machine, or NO_WIRE. */
static UNUSED wire connected_to(int port)
{
    struct sockaddr_in address;
    wire wire = new_wire();

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(wire, (struct sockaddr *)&address, sizeof address) == 0) {
        return wire;
    }
    close_wire(wire);
    return NO_WIRE;
}

#endif
