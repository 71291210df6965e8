// What Transport needs of Linux, OpenSSL and libcurl that Swift cannot see: macros, variadic functions, unions and
// typed stacks. Types are named by their struct tags, so that this header pulls in no header of a library.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct ssl_ctx_st;
struct ssl_st;
struct x509_st;
struct x509_store_ctx_st;

// MARK: Linux. Functions that return int answer -errno on failure.

enum {
    KARTOTEKA_READABLE = 0x001,
    KARTOTEKA_WRITABLE = 0x004,
    KARTOTEKA_ERROR = 0x008,
    KARTOTEKA_HANGUP = 0x010,
    KARTOTEKA_PEER_CLOSED = 0x2000,
};

enum { KARTOTEKA_EPOLL_ADD = 1, KARTOTEKA_EPOLL_REMOVE = 2, KARTOTEKA_EPOLL_CHANGE = 3 };

struct kartoteka_event {
    uint64_t tag;
    uint32_t events;
};

/// Milliseconds of the monotonic clock.
int64_t kartoteka_monotonic_milliseconds(void);
/// Seconds since 1970.
int64_t kartoteka_wall_seconds(void);
/// The time as an HTTP date in 29 bytes and a NUL.
void kartoteka_http_date(char text[30]);
/// At most 15 characters, for those who look at the process.
void kartoteka_name_thread(const char *name);
void kartoteka_ignore_sigpipe(void);
/// Bounds how many heaps the threads share: what one of them frees serves the others.
void kartoteka_bound_memory(void);
/// Gives memory that was freed back to the system.
void kartoteka_trim_memory(void);

int kartoteka_epoll_create(void);
int kartoteka_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t tag);
int kartoteka_epoll_wait(int epoll, struct kartoteka_event *events, int count, int milliseconds);
int kartoteka_eventfd(void);
void kartoteka_eventfd_signal(int fd);
void kartoteka_eventfd_clear(int fd);

/// A listening socket; the address is numeric. `bound` becomes the port.
int kartoteka_listen_tcp(const char *address, uint16_t port, uint16_t *bound);
/// A listening socket at a path that only the owner may connect to. A socket that nobody serves is replaced.
int kartoteka_listen_unix(const char *path);
/// A non-blocking connection; `text` becomes the numeric address, `port` its port (0 for a local socket).
int kartoteka_accept(int listener, char text[64], uint16_t *port);
/// The user at the other end of a local socket.
int kartoteka_peer_user(int fd, uint32_t *user);
uint32_t kartoteka_own_user(void);
ptrdiff_t kartoteka_receive(int fd, void *bytes, size_t count);
ptrdiff_t kartoteka_send(int fd, const void *bytes, size_t count);
void kartoteka_shutdown_sending(int fd);
void kartoteka_close(int fd);
/// What an errno means, in words.
const char *kartoteka_error_text(int error, char *text, size_t count);

// MARK: OpenSSL

/// TLS 1.3 only, our suites and groups, no tickets, no cache, no early data, no renegotiation; 1, or 0 on failure.
int kartoteka_tls_restrict(struct ssl_ctx_st *context);
int kartoteka_chain_count(struct x509_store_ctx_st *presented);
/// The certificate at an index of what the peer presented; it stays owned by the chain.
struct x509_st *kartoteka_chain_certificate(struct x509_store_ctx_st *presented, int index);
int kartoteka_tls_add_chain(struct ssl_ctx_st *context, struct x509_st *certificate);
/// X509_verify_cert with these anchors alone; 0 when it holds, else a code of X509_V_ERR.
int kartoteka_verify_server(
    struct x509_store_ctx_st *presented, struct x509_st *const *anchors, int count);

// MARK: libcurl

int kartoteka_curl_set_long(void *easy, int option, long value);
int kartoteka_curl_set_text(void *easy, int option, const char *text);
int kartoteka_curl_set_pointer(void *easy, int option, void *pointer);
int kartoteka_curl_set_large(void *easy, int option, int64_t value);
int kartoteka_curl_set_write(void *easy, int option, size_t (*function)(char *, size_t, size_t, void *));
int kartoteka_curl_set_progress(void *easy, int (*function)(void *, int64_t, int64_t, int64_t, int64_t));
int kartoteka_curl_set_tls(void *easy, int (*function)(void *, void *, void *));
long kartoteka_curl_get_long(void *easy, int info);
/// Asks the peer for segments of at most so many bytes from the next connection on; 0: for what the interface takes.
void kartoteka_curl_limit_segments(void *easy, int bytes);
/// Whether the last transfer made a new connection and came to the end of its TLS handshake.
int kartoteka_curl_is_secured(void *easy);
/// The next finished transfer's result; -1 when there is none.
int kartoteka_curl_multi_result(void *multi);
