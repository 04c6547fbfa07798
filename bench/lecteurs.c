/* N readers of a stream in one process: when did each one have the event?
 *
 *   lecteurs PORT PATH N COOKIES        COOKIES: a file, one header "Cookie: …" a line (empty line: anonymous)
 *
 * Prints "pret" once every reader has had its first event. Each line "T0" (ns, CLOCK_MONOTONIC) on stdin begins a
 * round: waits until every reader has had one ChoixConfirme (10 s at most), then prints
 *   lus doubles premier_us p50_us p99_us dernier_us
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PER_ADDRESS 1000
#define AT_ONCE 64
static const char MARK[] = "event: ChoixConfirme";
static int *fds, *seen, loop, n;
static long long *when, start;

static long long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void join(int i, int port, const char *path, const char *cookie) {
    struct sockaddr_in source = {.sin_family = AF_INET}, target = {.sin_family = AF_INET, .sin_port = htons(port)};
    source.sin_addr.s_addr = htonl(0x7f000002 + i / PER_ADDRESS);
    target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int one = 1;
    fds[i] = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fds[i], IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &one, sizeof one);
    if (fds[i] < 0 || bind(fds[i], (struct sockaddr *)&source, sizeof source) ||
        connect(fds[i], (struct sockaddr *)&target, sizeof target)) {
        perror("connect");
        exit(1);
    }
    char request[4096];
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n%s%s\r\n", path, port,
                          cookie, *cookie ? "\r\n" : "");
    send(fds[i], request, length, MSG_NOSIGNAL);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(loop, EPOLL_CTL_ADD, fds[i], &event);
}

/* Reads what is there; counts marks, and the first data of a reader that has had none. */
static int read_some(int i, int *first) {
    static char buffer[65537];
    ssize_t got = recv(fds[i], buffer, 65536, MSG_DONTWAIT);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            fprintf(stderr, "reader %d lost\n", i);
            exit(1);
        }
        return 0;
    }
    buffer[got] = 0;
    if (first && !seen[i] && strstr(buffer, "event: ")) seen[i] = 1, ++*first;
    int marks = 0;
    for (char *at = buffer; (at = strstr(at, MARK)); at += sizeof MARK - 1) marks++;
    return marks;
}

static void drain(int until, int *first) {
    struct epoll_event ready[512];
    long long limit = now() + 120000000000LL;
    while (*first < until && now() < limit) {
        int count = epoll_wait(loop, ready, 512, 1000);
        for (int k = 0; k < count; k++) read_some(ready[k].data.u32, first);
    }
}

static int by_time(const void *a, const void *b) {
    long long x = *(const long long *)a, y = *(const long long *)b;
    return (x > y) - (x < y);
}

static void round_of(long long t0) {
    int have = 0, twice = 0;
    long long limit = now() + 10000000000LL;
    struct epoll_event ready[512];
    memset(seen, 0, n * sizeof *seen);
    while (now() < limit) {
        int count = epoll_wait(loop, ready, 512, have == n ? 50 : 1000);
        if (!count && have == n) break;
        for (int k = 0; k < count; k++) {
            int i = ready[k].data.u32, marks = read_some(i, NULL);
            if (!marks) continue;
            if (!seen[i]) when[have++] = now() - t0;
            seen[i] += marks;
        }
    }
    for (int i = 0; i < n; i++) twice += seen[i] > 1;
    qsort(when, have, sizeof *when, by_time);
    if (!have) when[have++] = 0;
    printf("%d %d %lld %lld %lld %lld\n", have, twice, when[0] / 1000, when[have / 2] / 1000, when[(int)(have * .99)] / 1000,
           when[have - 1] / 1000);
    fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc < 5) return 2;
    n = atoi(argv[3]);
    fds = calloc(n, sizeof *fds), seen = calloc(n, sizeof *seen), when = calloc(n + 1, sizeof *when);
    loop = epoll_create1(0);
    FILE *cookies = fopen(argv[4], "r");
    char line[2048];
    int first = 0;
    for (int i = 0; i < n; i++) {
        *line = 0;
        if (cookies && fgets(line, sizeof line, cookies)) line[strcspn(line, "\r\n")] = 0;
        join(i, atoi(argv[1]), argv[2], line);
        if (i >= AT_ONCE) drain(i - AT_ONCE, &first);
    }
    drain(n, &first);
    printf("pret %d\n", first);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) round_of(start = atoll(line));
    return 0;
}
