/*
 * Runs scripts in sub-interpreters, as a web server does (mod_wsgi, with one for each application): for test_subinterpreters.py,
 * which loads it with ctypes.PyDLL. Declares what it needs of Python's C interface itself, because the headers are not everywhere.
 */
#include <pthread.h>
#include <stddef.h>

typedef struct thread_state thread_state;
typedef struct interpreter_state interpreter_state;

extern thread_state *Py_NewInterpreter(void);
extern void Py_EndInterpreter(thread_state *);
extern interpreter_state *PyInterpreterState_Head(void);
extern thread_state *PyThreadState_Get(void);
extern thread_state *PyThreadState_Swap(thread_state *);
extern thread_state *PyThreadState_New(interpreter_state *);
extern void PyThreadState_Clear(thread_state *);
extern void PyThreadState_DeleteCurrent(void);
extern thread_state *PyEval_SaveThread(void);
extern void PyEval_RestoreThread(thread_state *);
extern int PyRun_SimpleString(const char *);

/* What mod_wsgi does first: else Python up to 3.8 takes the first thread that imports it for the interpreter's main thread. */
static const char first[] = "import threading";

enum { APPLICATIONS = 2 };

static interpreter_state *interpreters[APPLICATIONS];

/* One script in a sub-interpreter of its own, on the caller's thread. */
int run_in_a_new_one(const char *script)
{
    thread_state *before = PyThreadState_Get();
    thread_state *made = Py_NewInterpreter();
    int status;

    if (made == NULL) {
        PyThreadState_Swap(before);
        return -2;
    }
    status = PyRun_SimpleString(first) | PyRun_SimpleString(script);
    Py_EndInterpreter(made);
    PyThreadState_Swap(before);
    return status;
}

/* A web server's thread: of C, with one thread state for each application, made when the first request for that comes. */
static void *serve(void *script)
{
    thread_state *states[APPLICATIONS] = {NULL};
    int i, status = 0;

    for (i = 0; i < 2 * APPLICATIONS; i++) {
        int application = i % APPLICATIONS;

        if (states[application] == NULL)
            states[application] = PyThreadState_New(interpreters[application]);
        PyEval_RestoreThread(states[application]);
        status |= PyRun_SimpleString(script);
        PyEval_SaveThread();
    }
    for (i = 0; i < APPLICATIONS; i++) {
        PyEval_RestoreThread(states[i]);
        PyThreadState_Clear(states[i]);
        PyThreadState_DeleteCurrent();
    }
    return status == 0 ? script : NULL;
}

/* The script as two applications of a web server, each asked twice by each of `threads` (at most 8) threads. */
int run_as_applications(const char *script, int threads)
{
    thread_state *before = PyThreadState_Get(), *made[APPLICATIONS];
    pthread_t started[8];
    int i, status = 0;

    for (i = 0; i < APPLICATIONS; i++) {
        made[i] = Py_NewInterpreter();
        if (made[i] == NULL) {
            PyThreadState_Swap(before);
            return -2;
        }
        interpreters[i] = PyInterpreterState_Head(); /* the newest */
        status |= PyRun_SimpleString(first);
    }
    PyThreadState_Swap(before);
    PyEval_SaveThread();
    for (i = 0; i < threads; i++) {
        if (pthread_create(&started[i], NULL, serve, (void *)script) != 0)
            return -3;
    }
    for (i = 0; i < threads; i++) {
        void *result;

        pthread_join(started[i], &result);
        if (result == NULL)
            status = -1;
    }
    PyEval_RestoreThread(before);
    for (i = 0; i < APPLICATIONS; i++) {
        PyThreadState_Swap(made[i]);
        Py_EndInterpreter(made[i]);
    }
    PyThreadState_Swap(before);
    return status;
}
