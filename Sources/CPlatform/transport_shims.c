#define _GNU_SOURCE
#include "transport_shims.h"

#include <malloc.h>
#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

_Static_assert(KARTOTEKA_READABLE == EPOLLIN && KARTOTEKA_WRITABLE == EPOLLOUT && KARTOTEKA_ERROR == EPOLLERR
        && KARTOTEKA_HANGUP == EPOLLHUP && KARTOTEKA_PEER_CLOSED == EPOLLRDHUP,
    "the header names the events of epoll");
_Static_assert(KARTOTEKA_EPOLL_ADD == EPOLL_CTL_ADD && KARTOTEKA_EPOLL_REMOVE == EPOLL_CTL_DEL
        && KARTOTEKA_EPOLL_CHANGE == EPOLL_CTL_MOD,
    "the header names the operations of epoll");

// MARK: Linux

static int checked(int result) { return result < 0 ? -errno : result; }

int64_t kartoteka_monotonic_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t kartoteka_wall_seconds(void) { return (int64_t)time(NULL); }

void kartoteka_http_date(char text[30]) {
    // Not strftime: its names of days follow the locale.
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t now = time(NULL);
    struct tm t;
    gmtime_r(&now, &t);
    memcpy(text, "Sun, 00 Jan 0000 00:00:00 GMT", 30);
    memcpy(text, days + 3 * t.tm_wday, 3);
    memcpy(text + 8, months + 3 * t.tm_mon, 3);
    const int numbers[6][2] = {{5, t.tm_mday}, {12, (t.tm_year + 1900) / 100}, {14, (t.tm_year + 1900) % 100},
        {17, t.tm_hour}, {20, t.tm_min}, {23, t.tm_sec}};
    for (int i = 0; i < 6; i++) {
        text[numbers[i][0]] = (char)('0' + numbers[i][1] / 10 % 10);
        text[numbers[i][0] + 1] = (char)('0' + numbers[i][1] % 10);
    }
}

void kartoteka_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

void kartoteka_ignore_sigpipe(void) { signal(SIGPIPE, SIG_IGN); }

int kartoteka_epoll_create(void) { return checked(epoll_create1(EPOLL_CLOEXEC)); }

int kartoteka_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t tag) {
    struct epoll_event event = {.events = events, .data.u64 = tag};
    return checked(epoll_ctl(epoll, operation, fd, &event));
}

int kartoteka_epoll_wait(int epoll, struct kartoteka_event *events, int count, int milliseconds) {
    struct epoll_event found[64];
    int n = epoll_wait(epoll, found, count < 64 ? count : 64, milliseconds);
    if (n < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < n; i++) {
        events[i].tag = found[i].data.u64;
        events[i].events = found[i].events;
    }
    return n;
}

int kartoteka_eventfd(void) { return checked(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

void kartoteka_eventfd_signal(int fd) {
    uint64_t one = 1;
    // It can only fail when the counter is full, and then the reader is awake already.
    if (write(fd, &one, sizeof one) < 0) return;
}

void kartoteka_eventfd_clear(int fd) {
    uint64_t count;
    if (read(fd, &count, sizeof count) < 0) return;
}

static int failed(int fd) {
    int error = errno;
    close(fd);
    return -error;
}

int kartoteka_listen_tcp(const char *address, uint16_t port, uint16_t *bound) {
    struct sockaddr_storage place = {0};
    socklen_t size;
    if (inet_pton(AF_INET, address, &((struct sockaddr_in *)&place)->sin_addr) == 1) {
        place.ss_family = AF_INET;
        ((struct sockaddr_in *)&place)->sin_port = htons(port);
        size = sizeof(struct sockaddr_in);
    } else if (inet_pton(AF_INET6, address, &((struct sockaddr_in6 *)&place)->sin6_addr) == 1) {
        place.ss_family = AF_INET6;
        ((struct sockaddr_in6 *)&place)->sin6_port = htons(port);
        size = sizeof(struct sockaddr_in6);
    } else {
        return -EINVAL;
    }
    int fd = socket(place.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    int one = 1;
    // A restarted node takes its port again while old connections fade away.
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) < 0) return failed(fd);
    // "::" is all addresses, of both families, whatever the system's default is.
    int no = 0;
    if (place.ss_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&((struct sockaddr_in6 *)&place)->sin6_addr)
        && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no) < 0)
        return failed(fd);
    if (bind(fd, (struct sockaddr *)&place, size) < 0 || listen(fd, 4096) < 0) return failed(fd);
    if (getsockname(fd, (struct sockaddr *)&place, &size) < 0) return failed(fd);
    *bound = ntohs(place.ss_family == AF_INET ? ((struct sockaddr_in *)&place)->sin_port
                                              : ((struct sockaddr_in6 *)&place)->sin6_port);
    return fd;
}

int kartoteka_listen_unix(const char *path) {
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof place.sun_path) return -ENAMETOOLONG;
    strcpy(place.sun_path, path);
    struct stat found;
    if (lstat(path, &found) == 0) {
        if (!S_ISSOCK(found.st_mode)) return -EEXIST;
        int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (probe < 0) return -errno;
        int answer = connect(probe, (struct sockaddr *)&place, sizeof place) < 0 ? errno : 0;
        close(probe);
        if (answer != ECONNREFUSED) return answer == EACCES ? -EACCES : -EADDRINUSE;
        if (unlink(path) < 0) return -errno;
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    // NB: before bind, so that the file is never open to others, whatever the umask.
    if (fchmod(fd, 0600) < 0) return failed(fd);
    if (bind(fd, (struct sockaddr *)&place, sizeof place) < 0) return failed(fd);
    if (chmod(path, 0600) < 0 || listen(fd, 128) < 0) {
        int error = errno;
        unlink(path);
        close(fd);
        return -error;
    }
    return fd;
}

int kartoteka_accept(int listener, char text[64], uint16_t *port) {
    struct sockaddr_storage from = {0};
    socklen_t size = sizeof from;
    int fd = accept4(listener, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return -errno;
    *port = 0;
    strcpy(text, "local");
    int one = 1;
    if (from.ss_family == AF_INET) {
        struct sockaddr_in *address = (struct sockaddr_in *)&from;
        inet_ntop(AF_INET, &address->sin_addr, text, 64);
        *port = ntohs(address->sin_port);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    } else if (from.ss_family == AF_INET6) {
        struct sockaddr_in6 *address = (struct sockaddr_in6 *)&from;
        // A peer of IPv4 at "::" is named, and counted, as everywhere else.
        if (IN6_IS_ADDR_V4MAPPED(&address->sin6_addr))
            inet_ntop(AF_INET, &address->sin6_addr.s6_addr[12], text, 64);
        else
            inet_ntop(AF_INET6, &address->sin6_addr, text, 64);
        *port = ntohs(address->sin6_port);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    return fd;
}

int kartoteka_peer_user(int fd, uint32_t *user) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) return -errno;
    *user = peer.uid;
    return 0;
}

uint32_t kartoteka_own_user(void) { return geteuid(); }

ptrdiff_t kartoteka_receive(int fd, void *bytes, size_t count) {
    ptrdiff_t n;
    do n = recv(fd, bytes, count, MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

void kartoteka_bound_memory(void) { mallopt(M_ARENA_MAX, 4); }
void kartoteka_trim_memory(void) { malloc_trim(0); }

ptrdiff_t kartoteka_send(int fd, const void *bytes, size_t count) {
    ptrdiff_t n;
    do n = send(fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

void kartoteka_shutdown_sending(int fd) { shutdown(fd, SHUT_WR); }
void kartoteka_close(int fd) { close(fd); }

const char *kartoteka_error_text(int error, char *text, size_t count) { return strerror_r(error, text, count); }

// MARK: OpenSSL

int kartoteka_tls_restrict(SSL_CTX *context) {
    SSL_CTX_set_options(context,
        SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // Without AUTO_RETRY one SSL_read ends after one record: a flood of key updates cannot hold the loop.
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_mode(context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_security_level(context, 2);
    SSL_CTX_set_verify_depth(context, 1);
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_ciphersuites(
               context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256")
            == 1
        && SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 && SSL_CTX_set_num_tickets(context, 0) == 1
        && SSL_CTX_set_max_early_data(context, 0) == 1
        // None is ever accepted; what a client sends of it all the same is skipped up to here (RFC 8446 section 4.2.10).
        && SSL_CTX_set_recv_max_early_data(context, 16384) == 1;
}

int kartoteka_chain_count(X509_STORE_CTX *presented) {
    STACK_OF(X509) *chain = X509_STORE_CTX_get0_untrusted(presented);
    return chain ? sk_X509_num(chain) : 0;
}

X509 *kartoteka_chain_certificate(X509_STORE_CTX *presented, int index) {
    STACK_OF(X509) *chain = X509_STORE_CTX_get0_untrusted(presented);
    return chain && index >= 0 && index < sk_X509_num(chain) ? sk_X509_value(chain, index) : NULL;
}

int kartoteka_tls_add_chain(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(context, certificate) == 1;
}

int kartoteka_verify_server(X509_STORE_CTX *presented, X509 *const *anchors, int count) {
    int verdict = X509_V_ERR_UNSPECIFIED;
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *check = X509_STORE_CTX_new();
    if (!store || !check) goto done;
    for (int i = 0; i < count; i++)
        if (X509_STORE_add_cert(store, anchors[i]) != 1) goto done;
    if (X509_STORE_CTX_init(
            check, store, X509_STORE_CTX_get0_cert(presented), X509_STORE_CTX_get0_untrusted(presented))
        != 1)
        goto done;
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(check);
    if (X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER) != 1) goto done;
    X509_VERIFY_PARAM_set_depth(rules, 1);
    X509_VERIFY_PARAM_set_auth_level(rules, 2);
    if (X509_verify_cert(check) == 1) {
        verdict = X509_V_OK;
    } else {
        verdict = X509_STORE_CTX_get_error(check);
        if (verdict == X509_V_OK) verdict = X509_V_ERR_UNSPECIFIED;
    }
done:
    X509_STORE_CTX_free(check);
    X509_STORE_free(store);
    return verdict;
}

// MARK: libcurl

int kartoteka_curl_set_long(void *easy, int option, long value) {
    return (int)curl_easy_setopt((CURL *)easy, (CURLoption)option, value);
}

int kartoteka_curl_set_text(void *easy, int option, const char *text) {
    return (int)curl_easy_setopt((CURL *)easy, (CURLoption)option, text);
}

int kartoteka_curl_set_pointer(void *easy, int option, void *pointer) {
    return (int)curl_easy_setopt((CURL *)easy, (CURLoption)option, pointer);
}

int kartoteka_curl_set_large(void *easy, int option, int64_t value) {
    return (int)curl_easy_setopt((CURL *)easy, (CURLoption)option, (curl_off_t)value);
}

int kartoteka_curl_set_write(void *easy, int option, size_t (*function)(char *, size_t, size_t, void *)) {
    return (int)curl_easy_setopt((CURL *)easy, (CURLoption)option, function);
}

int kartoteka_curl_set_progress(void *easy, int (*function)(void *, int64_t, int64_t, int64_t, int64_t)) {
    return (int)curl_easy_setopt((CURL *)easy, CURLOPT_XFERINFOFUNCTION, function);
}

int kartoteka_curl_set_tls(void *easy, int (*function)(void *, void *, void *)) {
    return (int)curl_easy_setopt((CURL *)easy, CURLOPT_SSL_CTX_FUNCTION, function);
}

long kartoteka_curl_get_long(void *easy, int info) {
    long value = 0;
    if (curl_easy_getinfo((CURL *)easy, (CURLINFO)info, &value) != CURLE_OK) return 0;
    return value;
}

static int limit_segments(void *context, curl_socket_t fd, curlsocktype purpose) {
    int bytes = (int)(intptr_t)context;
    // Refused for a Unix-domain socket, which has no segments.
    if (purpose == CURLSOCKTYPE_IPCXN && bytes > 0) setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &bytes, sizeof bytes);
    return CURL_SOCKOPT_OK;
}

void kartoteka_curl_limit_segments(void *easy, int bytes) {
    curl_easy_setopt((CURL *)easy, CURLOPT_SOCKOPTFUNCTION, limit_segments);
    curl_easy_setopt((CURL *)easy, CURLOPT_SOCKOPTDATA, (void *)(intptr_t)bytes);
}

int kartoteka_curl_is_secured(void *easy) {
    curl_off_t secured = 0;
    return curl_easy_getinfo((CURL *)easy, CURLINFO_APPCONNECT_TIME_T, &secured) == CURLE_OK && secured > 0;
}

int kartoteka_curl_multi_result(void *multi) {
    int left = 0;
    const CURLMsg *message;
    while ((message = curl_multi_info_read((CURLM *)multi, &left)))
        if (message->msg == CURLMSG_DONE) return (int)message->data.result;
    return -1;
}
