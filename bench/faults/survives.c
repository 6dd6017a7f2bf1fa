/* What a disk still holds when the power goes: a program that preloads this leaves, for each file under $POWER_FOLDER,
   a copy in $POWER_COPIES of what stood in it when it was last synced. What was only written is in no copy. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*sync_call)(int);
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* The name under which a copy of this file is kept; 0 if the file is none of ours. */
static int name_of_copy(int file, char *name, size_t room) {
    const char *folder = getenv("POWER_FOLDER"), *copies = getenv("POWER_COPIES");
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (!folder || !copies || length <= 0) return 0;
    path[length] = 0;
    size_t prefix = strlen(folder);
    if (strncmp(path, folder, prefix) || path[prefix] != '/') return 0;
    return snprintf(name, room, "%s%s", copies, path + prefix) < (int)room;
}

static int copy(int from, const char *name) {
    static char block[1 << 16];
    int to = open(name, O_CREAT | O_TRUNC | O_WRONLY, 0600), whole = to >= 0;
    ssize_t got;
    for (off_t at = 0; whole && (got = pread(from, block, sizeof block, at)) > 0; at += got)
        whole = write(to, block, got) == got;
    if (to >= 0) close(to);
    return whole;
}

/* The copy is made before the sync, so it holds nothing written during it, and gets its name after. */
static int sync_and_keep(int file, const char *call) {
    char name[PATH_MAX + 8], draft[PATH_MAX + 16];
    if (!name_of_copy(file, name, sizeof name)) return ((sync_call)dlsym(RTLD_NEXT, call))(file);
    pthread_mutex_lock(&one_at_a_time);
    snprintf(draft, sizeof draft, "%s.draft", name);
    int whole = copy(file, draft), failed = ((sync_call)dlsym(RTLD_NEXT, call))(file);
    if (whole && !failed) rename(draft, name);
    pthread_mutex_unlock(&one_at_a_time);
    return failed;
}

int fsync(int file) { return sync_and_keep(file, "fsync"); }
int fdatasync(int file) { return sync_and_keep(file, "fdatasync"); }
