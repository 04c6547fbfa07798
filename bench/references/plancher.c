/* The floor of a fan-out: a C loop on epoll that sends the same bytes to every reader with send().
 *
 *   plancher PORT LENGTH
 *
 * GET anything: becomes a reader (an endless event stream). POST anything: one event of LENGTH bytes to all, then 204.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_READERS 20000
static const char HEAD[] = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                           "f\r\nevent: horloge\n\r\n";
static int readers[MAX_READERS], count;

static void publish(const char *frame, size_t length) {
    for (int i = 0; i < count; i++)
        if (send(readers[i], frame, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
            close(readers[i]);
            readers[i--] = readers[--count];
        }
}

static void forget(int fd) {
    for (int i = 0; i < count; i++)
        if (readers[i] == fd) readers[i--] = readers[--count];
    close(fd);
}

static void serve(int fd, const char *frame, size_t length) {
    char request[8192];
    ssize_t got = recv(fd, request, sizeof request, MSG_DONTWAIT);
    if (got <= 0) {
        forget(fd);
    } else if (request[0] == 'G' && count < MAX_READERS) {
        send(fd, HEAD, sizeof HEAD - 1, MSG_NOSIGNAL);
        readers[count++] = fd;
    } else {
        publish(frame, length);
        send(fd, "HTTP/1.1 204 No Content\r\n\r\n", 27, MSG_NOSIGNAL);
    }
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    int length = atoi(argv[2]), one = 1;
    char *frame = calloc(1, length + 32);
    int head = sprintf(frame, "%x\r\nevent: ChoixConfirme\ndata: ", length);
    memset(frame + head, 'x', length - 31);
    memcpy(frame + head + length - 31, "\n\n\r\n", 4);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), loop = epoll_create1(0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 8192)) return 1;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, ready[512];
    epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int n = epoll_wait(loop, ready, 512, -1);
        for (int i = 0; i < n; i++) {
            if (ready[i].data.fd != listener) {
                serve(ready[i].data.fd, frame, head + length - 31 + 4);
                continue;
            }
            int fd;
            while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event.events = EPOLLIN;
                event.data.fd = fd;
                epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event);
            }
        }
    }
}
